import { Link } from '@tanstack/react-router';
import { Lock, UserRound } from 'lucide-react';
import type { OfferedTool } from '../../../src-shared/contract/gateway.ts';
import { needsPerson, Risk } from '../../../src-shared/model/risk.ts';
import { useTools } from '../../api/queries.ts';
import { connectorName } from '../../parts/connector-name.ts';
import { RiskBadge } from '../../parts/risk.tsx';
import { Empty, Failed, Waiting } from '../../parts/states.tsx';
import { number, t } from '../../words.ts';

/** The tools by risk class: what would pass the gates now, and what would not and why. */
export function MayDo() {
  const tools = useTools();
  const offered = tools.data ?? [];
  const allowed = offered.filter(({ isAllowed, definition }) => isAllowed && !needsPerson(definition.risk)).length;
  return (
    <section className="section" aria-labelledby="may-do">
      <div className="section-head">
        <h2 id="may-do">{t('home.mayDo')}</h2>
        {tools.isSuccess && offered.length > 0 && (
          <span className="faint number">
            {t('home.allowedOf', { allowed: number(allowed), all: number(offered.length) })}
          </span>
        )}
      </div>
      {tools.isPending && <Waiting rows={4} />}
      {tools.isError && <Failed thrown={tools.error} retry={() => void tools.refetch()} />}
      {tools.isSuccess && offered.length === 0 && (
        <Empty title={t('home.noTools')}>
          <p>{t('home.noToolsHelp')}</p>
        </Empty>
      )}
      <ul className="classes">
        {Risk.options.map((risk) => {
          const members = offered.filter(({ definition }) => definition.risk === risk);
          return members.length === 0 ? null : (
            <li key={risk}>
              <RiskBadge risk={risk} />
              <ToolWords tools={members} isPersonal={needsPerson(risk)} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface WordsProps {
  readonly tools: readonly OfferedTool[];
  /** Whether only a person may use them, whatever the policy permits. */
  readonly isPersonal: boolean;
}

function ToolWords({ tools, isPersonal }: WordsProps) {
  const allowed = tools.filter(({ isAllowed }) => isAllowed);
  const blocked = Map.groupBy(
    tools.filter(({ isAllowed }) => !isAllowed),
    ({ reason }) => reason ?? t('home.blockedUnknown'),
  );
  return (
    <div className="class-tools">
      {allowed.length > 0 && isPersonal && (
        <p className="only-you">
          <UserRound className="icon" aria-hidden="true" />
          <span>
            <Link to="/try">{t('home.onlyYou')}</Link> {titles(allowed)}
          </span>
        </p>
      )}
      {allowed.length > 0 && !isPersonal && <ByConnector tools={allowed} />}
      {[...blocked].map(([reason, members]) => (
        <p key={reason} className="blocked">
          <Lock className="icon" aria-hidden="true" />
          <span className="unseen">{t('home.blocked')}</span> <b>{titles(members)}.</b> {reason}
        </p>
      ))}
    </div>
  );
}

function ByConnector({ tools }: { readonly tools: readonly OfferedTool[] }) {
  return [...Map.groupBy(tools, ({ definition }) => definition.connector)].map(([connector, members]) => (
    <p key={connector}>
      <span className="connector-name">{connectorName(connector)}</span> {titles(members)}
    </p>
  ));
}

const titles = (tools: readonly OfferedTool[]): string => tools.map(({ definition }) => definition.title).join(', ');
