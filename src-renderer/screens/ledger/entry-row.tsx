import { Clock, X } from 'lucide-react';
import { memo } from 'react';
import type { Entry } from '../../../src-shared/model/entry.ts';
import { CrossTag } from '../../parts/cross-tag.tsx';
import { GateCells } from '../../parts/gate-strip.tsx';
import { number, second, t } from '../../words.ts';
import { gateCells } from '../activity/call-row.ts';
import { callOf, kindWords, whatWords, whoWords } from './entry-words.ts';

interface Props {
  readonly entry: Entry;
  readonly titles: ReadonlyMap<string, string>;
}

/** The cells of one entry: which, when, what became of it, for whom and by whom. */
export const EntryCells = memo(function EntryCells({ entry, titles }: Props) {
  const call = callOf(entry);
  const end = call?.verdict === 'denied' || call?.verdict === 'asked' ? call.verdict : '';
  const { lead, rest } = whatWords(entry, titles);
  return (
    <>
      <span role="gridcell" className="seq number">
        {number(entry.seq)}
      </span>
      <span role="gridcell" className="time number">
        <time dateTime={entry.at}>{second(entry.at)}</time>
      </span>
      <span role="gridcell" className={`kind ${end}`}>
        {end === 'denied' && <X aria-hidden="true" />}
        {end === 'asked' && <Clock aria-hidden="true" />}
        <span>{kindWords(entry)}</span>
      </span>
      <span role="gridcell" className="gates-cell">
        {call !== null && entry.gates !== undefined && <GateCells cells={gateCells(call)} />}
      </span>
      <span role="gridcell" className="what" title={`${lead} ${rest}`.trim()}>
        {entry.customer !== null && <CrossTag cross={entry.cross} />} {lead !== '' && <b>{lead}</b>} {rest}
      </span>
      <span role="gridcell" className="customer">
        {entry.customer ?? <CrossTag cross={entry.cross} />}
      </span>
      <span role="gridcell" className="who" title={whoWords(entry)}>
        {whoWords(entry)}
      </span>
    </>
  );
});

/** What stands in a row while its entry is fetched. */
export function WaitingCells({ seq }: { readonly seq: number | null }) {
  return (
    <>
      <span role="gridcell" className="seq number faint">
        {seq === null ? '' : number(seq)}
      </span>
      <span role="gridcell" className="unfetched">
        <i />
        <span className="unseen">{t('state.waiting')}</span>
      </span>
    </>
  );
}
