// An MSP of any number of customers, named as customers are: an unusual word or a surname or an everyday word, a trade, often
// a legal form. The same for the same number.
import type { Customer } from '../src-shared/model/customer.ts';
import { CustomerId } from '../src-shared/model/ids.ts';
import type { ScreenInput } from '../src-gateway/screen/screen.ts';

export function makeMsp(count: number): Pick<ScreenInput, 'customers' | 'instances'> {
  const customers = Array.from({ length: count }, (_, at) => makeCustomer(at));
  const idBy = (id: (at: number) => string) => ({
    mapping: Object.fromEntries(customers.map((each, at) => [each.id, id(at)])),
  });
  const instances = [
    idBy((at) => String(10 + at)),
    idBy((at) => String(40_000 + at * 7)),
    idBy((at) => `${hex(at)}-4a07-4d60-9d1a-${hex(at * 3)}0000`),
  ];
  return { customers, instances };
}

function makeCustomer(at: number): Customer {
  const word = firstWord(at);
  const name = [word, pick(trades, at * 7), at % 3 === 0 ? pick(forms, at) : '']
    .filter((part) => part !== '')
    .join(' ');
  const letters = name
    .split(' ')
    .map((part) => part.charAt(0))
    .join('');
  return {
    id: CustomerId.parse(`customer-${at}`),
    code: `${word
      .replaceAll(/[^a-z]/gi, '')
      .slice(0, 4)
      .toUpperCase()}-${at + 1}`,
    name,
    domain: `${name.replaceAll(/[^a-z]/gi, '').toLowerCase()}.example`,
    aliases: [word, ...(letters.length > 2 ? [letters] : [])],
  };
}

/** One in ten an everyday word, one in ten a surname, the others made up. */
function firstWord(at: number): string {
  if (at % 10 === 0) return pick(everyday, at / 10);
  if (at % 10 === 5) return pick(surnames, (at - 5) / 10);
  const made = `${pick(starts, at)}${pick(middles, Math.floor(at / 24))}${pick(ends, Math.floor(at / 5))}`;
  return made.charAt(0).toUpperCase() + made.slice(1);
}

function pick(from: readonly string[], at: number): string {
  return from[Math.floor(at) % from.length] ?? '';
}

function hex(number: number): string {
  return (number + 0x10000000).toString(16).slice(0, 8);
}

const list = (words: string): string[] => words.split(' ');
const starts = list('al bra cor den el fer gar hol in ken lan mar nor ock pem quen ros sil tar un ver wex yar zen');
const middles = list('der ning mer ham bur cot lin wor ther ver gan ster');
const ends = list('ton ford well field ham wick dale mere ley by');
const everyday = list(
  'Summit Harbour Delta Target Orange Vale First Select Prime Update Support Access Network Apex Beacon Phoenix Crown Horizon Oak Works',
);
const surnames = list('Thornton Carter Mason Hughes Pemberton Barlow Fletcher Quinn Sutton Whitaker Lowe Marsden');
const trades = list(
  'Dental Logistics Legal Construction Interiors School Clinic Foods Estates Engineering Hotels Insurance Media Components',
);
const forms = list('Ltd LLP Limited Inc');
