import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { EyeOff, TriangleAlert } from 'lucide-react';
import { type AllowedAnswer, isDenied, type ToolAnswer } from '../../../src-shared/model/tool-answer.ts';
import type { ToolDefinition } from '../../../src-shared/model/tool.ts';
import { api, within } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { CodeBlock } from '../../parts/scroll-region.tsx';
import { Waiting } from '../../parts/states.tsx';
import type { Action } from '../../parts/use-action.ts';
import { useRight } from '../../parts/use-right.ts';
import { number, t } from '../../words.ts';
import { addEntries, emptyFeed } from '../activity/call-feed.ts';
import { CallBody } from '../activity/call-detail.tsx';
import type { CallRow } from '../activity/call-row.ts';
import { droppedWords } from '../activity/call-words.ts';
import { hiddenMembers } from './hidden-members.ts';
import { OneRecord } from './one-record.tsx';
import { RecordTable } from './record-table.tsx';

interface Props {
  readonly answer: ToolAnswer;
  readonly definition: ToolDefinition;
  /** Asks for the next page; null when there is none to ask for. */
  readonly more: Action | null;
}

/** The answer an AI tool would have got, and the gates as the ledger recorded them. */
export function ToolAnswerView({ answer, definition, more }: Props) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const mayRead = useRight('read-ledger');
  const recorded = useQuery({
    queryKey: ['recorded-call', answer.auditRef],
    queryFn: ({ signal }) => recordedCall(Number(answer.auditRef), signal),
    enabled: answer.auditRef !== '' && mayRead,
    gcTime: 0,
  });
  return (
    <section ref={section} className="answer" aria-labelledby="answer">
      <h2 id="answer">{t(headingOf(answer))}</h2>
      <span className="unseen" role="status">
        {isDenied(answer) ? `${answer.reason} ${answer.remedy}` : t('call.records', { count: answer.records.length })}
      </span>
      {isDenied(answer) && answer.approval !== undefined && (
        <p className="see-approvals">
          <Link to="/approvals/{-$id}" params={{ id: answer.approval }}>
            {t('try.seeApprovals')}
          </Link>
        </p>
      )}
      {!isDenied(answer) && <Answered answer={answer} definition={definition} more={more} />}
      {recorded.isFetching && <Waiting rows={3} />}
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

function headingOf(answer: ToolAnswer): 'try.answer' | 'try.denied' | 'try.waits' {
  if (!isDenied(answer)) return 'try.answer';
  return answer.code === 'APPROVAL_PENDING' ? 'try.waits' : 'try.denied';
}

interface AnsweredProps extends Props {
  readonly answer: AllowedAnswer;
}

function Answered({ answer, definition, more }: AnsweredProps) {
  const { records, dropped, redacted, flagged = 0, page } = answer;
  const hidden = hiddenMembers(definition);
  const [only] = records;
  const isSecret = hidden !== null;
  return (
    <>
      <p>
        <b className="number">{t('call.records', { count: records.length })}</b>
        {dropped > 0 && `, ${droppedWords(dropped)}`}
        {page !== undefined && `. ${t('try.more')}`}
      </p>
      <Mentions redacted={redacted} flagged={flagged} />
      {only !== undefined && (records.length === 1 || isSecret) ? (
        records.map((record, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- An answer never changes its order.
          <OneRecord key={place} record={record} hidden={hidden} />
        ))
      ) : (
        <RecordTable records={records} />
      )}
      {more !== null && (
        <Button isBusy={more.isBusy} onClick={more.run}>
          {t('try.next')}
        </Button>
      )}
      {!isSecret && (
        <details>
          <summary>{t('try.raw')}</summary>
          <CodeBlock label={t('try.raw')} text={JSON.stringify(records, null, 2).slice(0, 200_000)} />
        </details>
      )}
    </>
  );
}

/** What the screen for other customers' names found in the text, in a sentence for each. */
function Mentions({ redacted, flagged }: { readonly redacted: number; readonly flagged: number }) {
  return (
    <>
      {redacted > 0 && (
        <p className="mentions">
          <EyeOff className="icon" aria-hidden="true" />
          {t('try.redacted', { count: redacted, redacted: number(redacted) })}
        </p>
      )}
      {flagged > 0 && (
        <p className="mentions asked">
          <TriangleAlert className="icon" aria-hidden="true" />
          {t('try.flagged', { count: flagged, flagged: number(flagged) })}
        </p>
      )}
    </>
  );
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
