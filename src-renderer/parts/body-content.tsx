import { number, t } from '../words.ts';
import { CodeBlock, ScrollRegion } from './scroll-region.tsx';
import { plainLine } from './vendor-text.tsx';

/** Characters of one block; what a vendor sent may be of any length. */
const longest = 100_000;

/** An opened body: what was asked, which records came of it, and whatever else was kept. The blind is nobody's to read. */
export function BodyContent({ body }: { readonly body: Readonly<Record<string, unknown>> }) {
  if (isTruncated(body)) return <Truncated of={body} />;
  const { params, arguments: args, records, more, blind: _, ...rest } = body;
  const asked = params ?? args;
  return (
    <>
      {asked !== undefined && <Block title={t('ledger.body.asked')} value={asked} />}
      {Array.isArray(records) && <Records records={records} more={typeof more === 'number' ? more : 0} />}
      {Object.keys(rest).length > 0 && <Block title={t('ledger.body.rest')} value={rest} />}
    </>
  );
}

/** The records an answer was made of, by their ids: that is all that is kept of them. */
function Records({ records, more }: { readonly records: readonly unknown[]; readonly more: number }) {
  return (
    <>
      <h4>{t('ledger.body.answered')}</h4>
      {records.length === 0 && <p className="quiet">{t('ledger.body.noRecords')}</p>}
      {records.length > 0 && (
        <ScrollRegion className="code" label={t('ledger.body.answered')}>
          <ol>
            {records.map((record, place) => (
              // oxlint-disable-next-line react/no-array-index-key -- A recorded list never changes its order.
              <li key={place}>{recordWords(record)}</li>
            ))}
          </ol>
        </ScrollRegion>
      )}
      {more > 0 && <p className="quiet number">{t('ledger.body.more', { count: more, shown: number(more) })}</p>}
    </>
  );
}

/** `kind ticket, id 48201`. One without ids was a record all the same. */
function recordWords(record: unknown): string {
  if (typeof record !== 'object' || record === null) return plainLine(String(record));
  const members = Object.entries(record).map(([name, value]) => plainLine(`${name} ${String(value)}`));
  return members.length === 0 ? t('ledger.body.nameless') : members.join(', ');
}

function Block({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <>
      <h4>{title}</h4>
      {isTruncated(value) ? (
        <Truncated of={value} />
      ) : (
        <CodeBlock label={title} text={JSON.stringify(value, null, 2).slice(0, longest)} />
      )}
    </>
  );
}

const Truncated = ({ of: { bytes, sha256 } }: { readonly of: Longer }) => (
  <p className="quiet">{t('ledger.body.truncated', { bytes: number(bytes), sha256: `${sha256.slice(0, 16)}…` })}</p>
);

/** What stands for something that was too long to keep. */
interface Longer {
  readonly bytes: number;
  readonly sha256: string;
}

const isTruncated = (value: unknown): value is Longer =>
  typeof value === 'object' &&
  value !== null &&
  'truncated' in value &&
  'bytes' in value &&
  typeof value.bytes === 'number' &&
  'sha256' in value &&
  typeof value.sha256 === 'string';
