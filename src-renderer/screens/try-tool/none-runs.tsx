import { Link } from '@tanstack/react-router';
import type { OfferedTool } from '../../../src-shared/contract/gateway.ts';
import { useAppState } from '../../api/app.ts';
import { connectorName } from '../../parts/connector-name.ts';
import { Empty } from '../../parts/states.tsx';
import { t } from '../../words.ts';

/** Reasons of one connector that are told; rules about single tools may make many. */
const mostReasons = 3;

/** In the place of "pick one" where nothing would run: why not, by connector, and where to look. */
export function NoneRuns({ tools }: { readonly tools: readonly OfferedTool[] }) {
  const { binding } = useAppState();
  const reasons = [...Map.groupBy(tools, ({ definition }) => definition.connector)].flatMap(([connector, members]) =>
    [...new Set(members.map(({ reason = t('home.blockedUnknown') }) => reason))]
      .slice(0, mostReasons)
      .map((reason) => ({ connector, reason })),
  );
  const isEmpty = tools.length === 0;
  return (
    <Empty title={isEmpty ? t('home.noTools') : t('try.none', { name: binding?.customer.name ?? '' })}>
      {isEmpty ? (
        <p>{t('home.noToolsHelp')}</p>
      ) : (
        <>
          <ul className="try-reasons" aria-label={t('try.noneWhy')}>
            {reasons.map(({ connector, reason }) => (
              <li key={`${connector} ${reason}`}>
                <b>{connectorName(connector)}</b>: {reason}
              </li>
            ))}
          </ul>
          <p>{t('try.noneHelp')}</p>
        </>
      )}
      <Link className="button" to="/connectors">
        {t('nothing.work.manage-connectors')}
      </Link>
    </Empty>
  );
}
