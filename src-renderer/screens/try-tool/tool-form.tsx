import { useMemo, useRef, useState } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { OfferedTool } from '../../../src-shared/contract/gateway.ts';
import type { ToolAnswer } from '../../../src-shared/model/tool-answer.ts';
import { api, within } from '../../api/app.ts';
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

interface Props {
  readonly tool: OfferedTool;
  /** Opens the form anew, for the customer bound now. */
  readonly restart: () => void;
}

/** The arguments of one tool for one customer. It sends the customer it was opened for, whatever is bound by then. */
export function ToolForm({ tool: { definition, isAllowed, reason }, restart }: Props) {
  const scope = useCapturedScope();
  const fields = useMemo(() => schemaFields(definition.inputSchema), [definition]);
  const asked = fields.filter(({ name }) => name !== 'page'); // A cursor is nothing to type: a button follows it.
  const [typed, setTyped] = useState<Typed>(() =>
    Object.fromEntries(
      fields.filter(({ kind, isRequired }) => kind === 'group' && isRequired).map(({ name }) => [name, [{}]]),
    ),
  );
  const [misfit, setMisfit] = useState<Misfit | null>(null);
  const [answer, setAnswer] = useState<ToolAnswer | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const isSecret = definition.risk === 'credential';
  const [isDropped, setDropped] = useState(false);
  if (!scope.isCurrent && isSecret && answer !== null) {
    setAnswer(null); // A secret of the one customer does not stay on screen while another is bound.
    setDropped(true);
  }

  const send = async (filled: Typed): Promise<void> => {
    const args = toArguments(fields, filled);
    setMisfit(args.ok ? null : args);
    if (!args.ok) return focusInvalid(form.current);
    if (scope.customer === null || !scope.isCurrent) return;
    setAnswer(null);
    setDropped(false);
    setTyped(withoutSecrets(fields, typed));
    const request = { tool: definition.name, arguments: { ...args.value, customer: scope.customer.code } };
    setAnswer(await api().callTool(request, within(definition.limits.deadlineMs + 10_000)));
  };
  const run = useAction(() => send(typed));
  const next = answer !== null && 'page' in answer ? answer.page?.next : undefined;
  const more = useAction(() => send({ ...typed, page: next }));

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
        {isAllowed && isPersonal(definition.risk) && (
          <p className="why asked">{t(`try.personal.${definition.risk}`)}</p>
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
        <Button
          type="submit"
          look={definition.risk === 'destructive' ? 'danger' : 'primary'}
          isBusy={run.isBusy}
          disabled={!scope.isCurrent || scope.customer === null}
        >
          {t('try.run', { name: scope.customer?.name ?? t('scope.noCustomer') })}
        </Button>
        <FaultLine fault={run.fault ?? more.fault} />
        {isDropped && (
          <p className="quiet" role="status">
            {t('try.secret.gone')}
          </p>
        )}
      </form>
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
