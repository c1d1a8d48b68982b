import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { ScrollRegion } from '../../parts/scroll-region.tsx';
import { VendorText } from '../../parts/vendor-text.tsx';
import { number, t } from '../../words.ts';
import { asWords } from '../../parts/as-words.ts';

type Records = readonly Readonly<Record<string, unknown>>[];

const step = 50;
const maxColumns = 7;

/** Records side by side: the plain members that say something, fifty at a time. */
export function RecordTable({ records }: { readonly records: Records }) {
  const [shown, setShown] = useState(step);
  const columns = columnsOf(records);
  if (records.length === 0) return null;
  const left = records.length - shown;
  return (
    <>
      <ScrollRegion className="records" label={t('try.records')}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {asWords(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {records.slice(0, shown).map((record, place) => (
              // oxlint-disable-next-line react/no-array-index-key -- An answer never changes its order.
              <tr key={place}>
                {columns.map((column) => (
                  <Cell key={column} value={record[column]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {left > 0 && (
        <p className="more-records">
          <span className="faint">{t('try.firstOf', { shown: number(shown), all: number(records.length) })}</span>{' '}
          <Button onClick={() => setShown(shown + step)}>
            {t('try.showMore', { more: number(Math.min(step, left)) })}
          </Button>
        </p>
      )}
    </>
  );
}

function Cell({ value }: { readonly value: unknown }) {
  const isText = typeof value === 'string' && value !== '';
  return (
    <td className={typeof value === 'number' ? 'number' : ''} title={isText ? value.slice(0, 500) : undefined}>
      {isText ? <VendorText text={value.slice(0, 300)} /> : shortOf(value)}
    </td>
  );
}

/** What is not text, for a cell: what is not plain either is in the JSON below. */
function shortOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return t(value ? 'try.yes' : 'try.no');
  return typeof value === 'number' ? String(value) : '…';
}

/** Members with a plain value in at least one record, in the order they come. What is left out is in the JSON below. */
function columnsOf(records: Records): readonly string[] {
  const filled = new Set<string>();
  for (const record of records)
    for (const [member, value] of Object.entries(record)) if (isPlain(value)) filled.add(member);
  return [...filled].slice(0, maxColumns);
}

const isPlain = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean';
