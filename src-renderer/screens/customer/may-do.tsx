import { useState } from 'react';
import { Check, CircleSlash, Clock, Layers, Lock, Users, X } from 'lucide-react';
import type { OfferedTool } from '../../../src-shared/contract/gateway.ts';
import { Risk } from '../../../src-shared/model/risk.ts';
import { useAppState } from '../../api/app.ts';
import { useExplanation } from '../../api/queries.ts';
import { connectorName } from '../../parts/connector-name.ts';
import { RiskBadge } from '../../parts/risk.tsx';
import { RuleList } from '../../parts/rule-list.tsx';
import { Empty, Failed, Waiting } from '../../parts/states.tsx';
import { useRight } from '../../parts/use-right.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { number, t } from '../../words.ts';
import { type MayDoRow, mayDoRows } from './may-do-sentences.ts';

const icons = { runs: Check, asks: Clock, 'asks-two': Users, denied: X, unavailable: Lock } as const;

/** What one client app may do for this customer, in sentences, and why: five seconds to read, everything behind it. */
export function MayDo() {
  const { clients: all, binding } = useAppState();
  const mayAdd = useRight('manage-client-apps');
  const code = binding?.customer.code;
  const clients = all.filter(({ state, pin }) => state !== 'revoked' && (pin === null || pin === code));
  const [chosen, setChosen] = useState<string | null>(null);
  const usual = clients.find(({ state }) => state === 'armed') ?? clients[0];
  const client = clients.find(({ name }) => name === chosen) ?? usual;
  return (
    <section className="section may-do" aria-labelledby="may-do">
      <div className="section-head">
        <h2 id="may-do">{t('policy.mayDo.title')}</h2>
        {clients.length === 1 && <span className="faint">{client?.name}</span>}
        {clients.length > 1 && (
          <label className="may-do-for">
            <span className="faint">{t('policy.mayDo.for')}</span>
            <select className="field" value={client?.name} onChange={(event) => setChosen(event.target.value)}>
              {clients.map(({ id, name }) => (
                <option key={id} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {client === undefined ? (
        <p className="quiet">{t(mayAdd ? 'policy.mayDo.noClients' : 'policy.mayDo.noClientsNotYours')}</p>
      ) : (
        <Explained key={client.id} client={client.name} />
      )}
    </section>
  );
}

function Explained({ client }: { readonly client: string }) {
  const explained = useExplanation(client);
  const bound = useAppState().binding?.customer.code;
  if (explained.isPending) return <Waiting rows={4} />;
  if (explained.isError) return <Failed thrown={explained.error} retry={() => void explained.refetch()} />;
  const { blocked, tools, customer } = explained.data;
  if (blocked !== null)
    return (
      <p className="may-do-blocked">
        <CircleSlash className="icon" aria-hidden="true" />
        <span>
          <b>{t('policy.mayDo.blocked', { client })}</b> {blocked}
        </span>
      </p>
    );
  if (tools.length === 0)
    return (
      <Empty title={t('home.noTools')}>
        <p>{t('home.noToolsHelp')}</p>
      </Empty>
    );
  return (
    <>
      {customer !== null && customer !== bound && (
        <p className="may-do-blocked">
          <Layers className="icon" aria-hidden="true" />
          <span>{t('policy.mayDo.across', { client, customer })}</span>
        </p>
      )}
      <ul className="may-do-rows">
        {mayDoRows(explained.data).map((row) => (
          <Row key={row.verdict} row={row} />
        ))}
      </ul>
    </>
  );
}

function Row({ row: { verdict, sentences, tools, rules } }: { readonly row: MayDoRow }) {
  const version = useAppState().policy?.version ?? 0;
  const Icon = icons[verdict];
  const counted = verdict === 'unavailable' ? 'policy.mayDo.unavailableTools' : 'policy.mayDo.behind';
  return (
    <li className={`may-do-row ${verdict}`}>
      <span className="may-do-verdict">
        <Icon className="icon" aria-hidden="true" />
        {verdict === 'unavailable' ? t('policy.mayDo.unavailable') : t(`policy.mayDo.verdict.${verdict}`)}
      </span>
      <div>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <details>
          <summary>
            <span className="number">{t(counted, { count: tools.length })}</span>
          </summary>
          {rules.length > 0 && (
            <>
              <h3>{t('policy.mayDo.rules', { version: number(version) })}</h3>
              <RuleList rules={rules} />
            </>
          )}
          <h3>{t('policy.mayDo.tools')}</h3>
          <Tools tools={tools} />
        </details>
      </div>
    </li>
  );
}

function Tools({ tools }: { readonly tools: readonly OfferedTool[] }) {
  const ordered = Risk.options.flatMap((risk) => tools.filter((tool) => tool.risk === risk));
  const groups = Map.groupBy(ordered, ({ definition, risk }) => `${risk} ${definition.connector}`);
  return (
    <ul className="may-do-tools">
      {[...groups].map(([key, members]) => (
        <li key={key}>
          {members[0] !== undefined && <RiskBadge risk={members[0].risk} />}
          <span>
            <span className="connector-name">{connectorName(members[0]?.definition.connector)}</span>
            {members.map(({ definition }) => plainLine(definition.title)).join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
