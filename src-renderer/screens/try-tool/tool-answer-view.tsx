import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type AllowedAnswer, isDenied, type ToolAnswer } from '../../../src-shared/model/tool-answer.ts';
import { api, within } from '../../api/app.ts';
import { CodeBlock, ScrollRegion } from '../../parts/scroll-region.tsx';
import { Waiting } from '../../parts/states.tsx';
import { number, t } from '../../words.ts';
import { addEntries, emptyFeed } from '../activity/call-feed.ts';
import { CallBody } from '../activity/call-detail.tsx';
import type { CallRow } from '../activity/call-row.ts';
import { droppedWords } from '../activity/call-words.ts';

/** The answer an AI tool would have got, and the gates as the ledger recorded them. */
export function ToolAnswerView({ answer }: { readonly answer: ToolAnswer }) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const recorded = useQuery({
    queryKey: ['recorded-call', answer.auditRef],
    queryFn: ({ signal }) => recordedCall(Number(answer.auditRef), signal),
    enabled: answer.auditRef !== '',
    gcTime: 0,
  });
  return (
    <section ref={section} className="answer" aria-labelledby="answer" role="status">
      <h2 id="answer">{t(isDenied(answer) ? 'try.denied' : 'try.answer')}</h2>
      {!isDenied(answer) && <Records answer={answer} />}
      {recorded.isPending && answer.auditRef !== '' && <Waiting rows={3} />}
      {recorded.data ? (
        <CallBody row={recorded.data} />
      ) : (
        isDenied(answer) && (
          <div className="why denied">
            <b>{answer.reason}</b> {answer.remedy}
          </div>
        )
      )}
    </section>
  );
}

function Records({ answer: { records, dropped, page } }: { readonly answer: AllowedAnswer }) {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))].filter((column) =>
    records.some((record) => plainText(record[column]) !== '…'),
  );
  const shown = columns.slice(0, 6);
  return (
    <>
      <p>
        <b className="number">{t('call.records', { count: records.length })}</b>
        {dropped > 0 && `, ${droppedWords(dropped)}`}
        {page !== undefined && `. ${t('try.more')}`}
      </p>
      {records.length > 0 && (
        <ScrollRegion className="records" label={t('try.records')}>
          <table>
            <thead>
              <tr>
                {shown.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {records.slice(0, 50).map((record, place) => (
                // oxlint-disable-next-line react/no-array-index-key -- An answer never changes its order.
                <tr key={place}>
                  {shown.map((column) => (
                    <td key={column} className={typeof record[column] === 'number' ? 'number' : ''}>
                      {plainText(record[column])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {records.length > 50 && <p className="faint">{t('try.firstOf', { shown: 50, all: number(records.length) })}</p>}
      <details>
        <summary>{t('try.raw')}</summary>
        <CodeBlock label={t('try.raw')} text={JSON.stringify(records, null, 2).slice(0, 200_000)} />
      </details>
    </>
  );
}

/** A value as a cell shows it; what is not plain is in the whole answer below. */
function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '…';
}

/** The call's entries: the one the answer names, and the intent that one belongs to. */
async function recordedCall(seq: number, signal: AbortSignal): Promise<CallRow | null> {
  const at = async (place: number) => {
    const { entries } = await api().entries({ after: place - 1, limit: 1, filter: {} }, within(10_000, signal));
    return entries;
  };
  const named = await at(seq);
  const ref = named[0]?.ref;
  const intent = ref === undefined ? [] : await at(ref);
  return addEntries(emptyFeed, [...intent, ...named]).rows[0] ?? null;
}
