import { useState } from 'react';
import { Lock, Users } from 'lucide-react';
import type { OfferedTool } from '../../../src-shared/contract/gateway.ts';
import { useAppState } from '../../api/app.ts';
import { useTools } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { connectorName } from '../../parts/connector-name.ts';
import { Page } from '../../parts/page.tsx';
import { RiskBadge } from '../../parts/risk.tsx';
import { Empty, Failed, Waiting } from '../../parts/states.tsx';
import { useHasCustomers } from '../../parts/use-has-customers.ts';
import { findable, rankOf, typedWords } from '../../switcher/match-customers.ts';
import { openSwitcher } from '../../switcher/switch-customer.ts';
import { t } from '../../words.ts';
import { NoneYours } from '../customer/none-yours.tsx';
import { NoneRuns } from './none-runs.tsx';
import { ToolForm } from './tool-form.tsx';

/** One tool, by hand, through the same gates an AI tool's call goes through. */
export function TryToolScreen() {
  const { binding } = useAppState();
  const tools = useTools();
  const hasCustomers = useHasCustomers();
  const [chosen, setChosen] = useState<OfferedTool | null>(null);
  const [opening, setOpening] = useState(0);
  const [query, setQuery] = useState('');
  const offered = tools.data ?? [];
  const words = typedWords(query);
  const shown = offered.filter(({ definition }) => isFound(definition, words));
  const open = (tool: OfferedTool | null): void => {
    setChosen(tool);
    setOpening(opening + 1);
  };
  // An open form outlives a switch, to say whose it is; without one there is nothing to try.
  const isEmpty = binding === null && chosen === null;
  if (isEmpty && hasCustomers === false) return <NoneYours />;
  return (
    <Page title={t('try.title')} lead={t('try.lead')} className="fill">
      {isEmpty ? (
        <Empty title={t('nothing.title')}>
          <p>{t('nothing.lead')}</p>
          <Button look="primary" onClick={openSwitcher}>
            {t('nothing.choose')}
          </Button>
        </Empty>
      ) : (
        <div className="try">
          <nav className="try-tools" aria-label={t('try.tools')}>
            {tools.isPending && <Waiting rows={8} />}
            {tools.isError && <Failed thrown={tools.error} retry={() => void tools.refetch()} />}
            {offered.length > 12 && (
              <input
                className="field find-tool"
                type="search"
                aria-label={t('try.find')}
                placeholder={t('try.find')}
                value={query}
                onChange={(event) => setQuery(event.target.value)}
              />
            )}
            {offered.length > 0 && shown.length === 0 && <p className="quiet pad">{t('try.noTool')}</p>}
            {[...Map.groupBy(shown, ({ definition }) => definition.connector)].map(([connector, members]) => (
              <section key={connector} aria-label={connectorName(connector)}>
                <p className="group">{connectorName(connector)}</p>
                {members.map((tool) => (
                  <button
                    key={tool.definition.name}
                    type="button"
                    className="try-tool"
                    aria-pressed={chosen?.definition.name === tool.definition.name}
                    onClick={() => open(tool)}
                  >
                    {tool.definition.title}
                    {!tool.isAllowed && (
                      <>
                        <Lock className="icon faint" aria-hidden="true" />
                        <span className="unseen">, {t('try.wouldDeny')}</span>
                      </>
                    )}
                    {tool.isAllowed && tool.asks > 0 && (
                      <>
                        <Users className="icon faint" aria-hidden="true" />
                        <span className="unseen">, {t('try.needsAnother')}</span>
                      </>
                    )}
                  </button>
                ))}
              </section>
            ))}
          </nav>
          <div className="try-form">
            {chosen === null && tools.isSuccess && !offered.some(({ isAllowed }) => isAllowed) ? (
              <NoneRuns tools={offered} />
            ) : chosen === null ? (
              <Empty title={t('try.pick')}>
                <p>{t('try.pickHelp')}</p>
              </Empty>
            ) : (
              <>
                <div className="try-head">
                  <h2>{chosen.definition.title}</h2>
                  <RiskBadge risk={chosen.risk} />
                  <code>{chosen.definition.name}</code>
                </div>
                <p className="quiet">{chosen.definition.description}</p>
                <ToolForm
                  key={opening}
                  tool={chosen}
                  restart={() =>
                    open(offered.find(({ definition }) => definition.name === chosen.definition.name) ?? null)
                  }
                />
              </>
            )}
          </div>
        </div>
      )}
    </Page>
  );
}

/** By what people call it, by its name in code, and by its connector and risk class as they are shown. */
function isFound({ title, name, connector, risk }: OfferedTool['definition'], words: readonly string[]): boolean {
  return rankOf(findable(title, [name, connectorName(connector), t(`risk.${risk}`)]), words) !== null;
}
