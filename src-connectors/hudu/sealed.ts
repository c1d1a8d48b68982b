// What Hudu hands out with its records and no tool may see. With every password record, metadata or not, the password and the
// seed of its one-time codes (hudu.md §3.3, §5 row 3): of lists nothing is kept; of a record read by its id they stay behind a
// seal that only `opened` lifts, and of the seed only the code of this moment comes out. With every asset its cards, raw
// records of other systems with keys among them (§3.2), whose company ids are those systems' own.
import { isRow, type Row } from '../row.ts';
import type { Powers, Vendor } from '../vendor.ts';
import { type OneTimeCode, oneTimeCode } from './totp.ts';

interface Contents {
  readonly password: string | undefined;
  /** Worked out when it is asked for, so that the seed of a record that nobody may see costs nothing. */
  readonly code: () => OneTimeCode | undefined;
}

/** The vendor without the secrets of its rows. */
export function sealing(vendor: Vendor, { now }: Pick<Powers, 'now'>): Vendor {
  return {
    ...vendor,
    rows: async (...asked) => (await vendor.rows(...asked)).map((row) => stripped(row)),
    async page(...asked) {
      const { rows, isFull } = await vendor.page(...asked);
      return { rows: rows.map((row) => stripped(row)), isFull };
    },
    async record(...asked) {
      const row = await vendor.record(...asked);
      if (!isRow(row)) return row;
      const seal = {};
      const [password, seed] = [textIn(row, 'password'), textIn(row, 'otp_secret') ?? ''];
      contents.set(seal, { password, code: () => oneTimeCode(seed, now()) });
      return stripped(row, seal);
    },
    write: async (...asked) => stripped(await vendor.write(...asked)),
  };
}

/** The secrets of a record that was read by its id; undefined for anything else. */
export function opened(row: Row): Contents | undefined {
  const seal = Object.hasOwn(row, sealMember) ? row[sealMember] : undefined;
  return isRow(seal) ? contents.get(seal) : undefined;
}

/** Held by the empty object that stands in the record, so they are gone when it is. */
const contents = new WeakMap<object, Contents>();
const sealMember = 'sealed';

function stripped(row: unknown, seal?: object): unknown {
  if (!isRow(row)) return row;
  const { password: _password, otp_secret: _seed, cards: _cards, [sealMember]: _forged, ...rest } = row;
  return seal === undefined ? rest : { ...rest, [sealMember]: seal };
}

function textIn(row: Row, name: string): string | undefined {
  const value = Object.hasOwn(row, name) ? row[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
