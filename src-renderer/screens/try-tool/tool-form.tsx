import { useMemo, useRef, useState } from 'react';
import { TriangleAlert, Users } from 'lucide-react';
import type { OfferedTool } from '../../../src-shared/contract/gateway.ts';
import type { ToolAnswer } from '../../../src-shared/model/tool-answer.ts';
import { api, useAppState, within } from '../../api/app.ts';
import type { FaultWords } from '../../api/fault-words.ts';
import { needsPerson, type Risk } from '../../../src-shared/model/risk.ts';
import type { tryWords } from '../../en-try.ts';
import { Button } from '../../parts/button.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { focusInvalid } from '../../parts/focus-invalid.ts';
import { ScopeChip, ScopeStrip, useCapturedScope } from '../../parts/scope.tsx';
import { useAction } from '../../parts/use-action.ts';
import { t } from '../../words.ts';
import { type Misfit, schemaFields, toArguments, type Typed, withoutSecrets } from './schema-fields.ts';
import { ToolAnswerView } from './tool-answer-view.tsx';
import { misfitIn, ToolField } from './tool-field.tsx';
import { type Tried, TrialView } from './trial-view.tsx';

interface Props {
  readonly tool: OfferedTool;
  /** Opens the form anew, for the customer bound now. */
  readonly restart: () => void;
}

/** The arguments of one tool for one customer. It sends the customer it was opened for, whatever is bound by then. */
export function ToolForm({ tool: { definition, risk, isAllowed, asks, reason }, restart }: Props) {
  const scope = useCapturedScope();
  const clients = useAppState().clients.filter(({ state }) => state !== 'revoked');
  const fields = useMemo(() => schemaFields(definition.inputSchema), [definition]);
  const asked = fields.filter(({ name }) => name !== 'page'); // A cursor is nothing to type: a button follows it.
  const [typed, setTyped] = useState<Typed>(() =>
    Object.fromEntries(
      fields.filter(({ kind, isRequired }) => kind === 'group' && isRequired).map(({ name }) => [name, [{}]]),
    ),
  );
  const [misfit, setMisfit] = useState<Misfit | null>(null);
  const [answer, setAnswer] = useState<ToolAnswer | null>(null);
  const [as, setAs] = useState('');
  const [tried, setTried] = useState<Tried | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const isSecret = definition.risk === 'credential';
  const [isDropped, setDropped] = useState(false);
  if (!scope.isCurrent && isSecret && answer !== null) {
    setAnswer(null); // A secret of the one customer does not stay on screen while another is bound.
    setDropped(true);
  }

  /** The call as it is typed, for the form's own customer. Null when it does not fit, or the form may not be sent. */
  const written = (filled: Typed) => {
    const args = toArguments(fields, filled);
    setMisfit(args.ok ? null : args);
    if (!args.ok) focusInvalid(form.current);
    if (!args.ok || scope.customer === null || !scope.isCurrent) return null;
    setAnswer(null);
    setTried(null);
    setDropped(false);
    return { tool: definition.name, arguments: { ...args.value, customer: scope.customer.code } };
  };
  const send = async (filled: Typed): Promise<void> => {
    const request = written(filled);
    if (request === null) return;
    setTyped(withoutSecrets(fields, typed));
    setAnswer(await api().callTool(request, within(definition.limits.deadlineMs + 10_000)));
  };
  const [fault, setFault] = useState<FaultWords | null>(null);
  const run = useAction(() => send(typed), setFault);
  const client = clients.some(({ name }) => name === as) ? as : null;
  const tryIt = async (): Promise<void> => {
    const request = written(typed);
    if (request === null) return;
    const trial = await api().tryCall({ ...request, client }, within(15_000));
    setTried({ trial, who: client ?? t('policy.check.myself').toLowerCase(), customer: scope.customer?.name ?? '' });
  };
  const check = useAction(tryIt, setFault);
  const next = answer !== null && 'page' in answer ? answer.page?.next : undefined;
  const more = useAction(() => send({ ...typed, page: next }), setFault);

  return (
    <>
      <form
        ref={form}
        className="tool-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          run.run();
        }}
      >
        <ScopeStrip scope={scope} restart={restart} />
        <div className="form-scope">
          <span className="faint">{t('try.for')}</span> <ScopeChip scope={scope} />
        </div>
        {!isAllowed && (
          <p className="why asked">
            <TriangleAlert className="icon" aria-hidden="true" /> <b>{t('try.deniedAhead')}</b> {reason}
          </p>
        )}
        {isAllowed && asks === 0 && isPersonal(risk) && <p className="why asked">{t(`try.personal.${risk}`)}</p>}
        {isAllowed && asks > 0 && (
          <p className="why asked">
            <Users className="icon" aria-hidden="true" /> <b>{t('try.another', { count: asks })}</b>{' '}
            {t('try.anotherHelp')}
          </p>
        )}
        {asked.length === 0 && <p className="quiet">{t('try.noArguments')}</p>}
        {asked.map((field) => (
          <ToolField
            key={field.name}
            field={field}
            value={typed[field.name]}
            misfit={misfitIn(misfit, '', field.name)}
            change={(value) => setTyped({ ...typed, [field.name]: value })}
          />
        ))}
        <div className="tool-acts">
          <Button
            type="submit"
            look={risk === 'destructive' ? 'danger' : 'primary'}
            isBusy={run.isBusy}
            disabled={!scope.isCurrent || scope.customer === null}
          >
            {t('try.run', { name: scope.customer?.name ?? t('scope.noCustomer') })}
          </Button>
          <span className="check-as">
            <Button isBusy={check.isBusy} disabled={!scope.isCurrent || scope.customer === null} onClick={check.run}>
              {t('policy.check.run')}
            </Button>
            {clients.length > 0 && (
              <select
                className="field"
                aria-label={t('policy.check.as')}
                value={client ?? ''}
                onChange={(event) => setAs(event.target.value)}
              >
                <option value="">{t('policy.check.asMyself')}</option>
                {clients.map(({ id, name }) => (
                  <option key={id} value={name}>
                    {t('policy.check.asClient', { name })}
                  </option>
                ))}
              </select>
            )}
          </span>
        </div>
        <FaultLine fault={fault} />
        {isDropped && (
          <p className="quiet" role="status">
            {t('try.secret.gone')}
          </p>
        )}
      </form>
      {tried !== null && <TrialView tried={tried} />}
      {answer !== null && (
        <ToolAnswerView
          answer={answer}
          definition={definition}
          more={asked.length < fields.length && next !== undefined && scope.isCurrent ? more : null}
        />
      )}
    </>
  );
}

const isPersonal = (risk: Risk): risk is keyof typeof tryWords.personal => needsPerson(risk);
