import { useId, useMemo, useState } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { OfferedTool } from '../../../src-shared/contract/gateway.ts';
import type { ToolAnswer } from '../../../src-shared/model/tool-answer.ts';
import { api, within } from '../../api/app.ts';
import { asWords } from '../../parts/as-words.ts';
import { Button } from '../../parts/button.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { ScopeChip, ScopeStrip, useCapturedScope } from '../../parts/scope.tsx';
import { useAction } from '../../parts/use-action.ts';
import { t } from '../../words.ts';
import { schemaFields, type SchemaField, toArguments, type Typed } from './schema-fields.ts';
import { ToolAnswerView } from './tool-answer-view.tsx';

interface Props {
  readonly tool: OfferedTool;
  /** Opens the form anew, for the customer bound now. */
  readonly restart: () => void;
}

/** The arguments of one tool for one customer. It sends the customer it was opened for, whatever is bound by then. */
export function ToolForm({ tool: { definition, isAllowed, reason }, restart }: Props) {
  const scope = useCapturedScope();
  const fields = useMemo(() => schemaFields(definition.inputSchema), [definition]);
  const [typed, setTyped] = useState<Typed>({});
  const [wrong, setWrong] = useState<string | null>(null);
  const [answer, setAnswer] = useState<ToolAnswer | null>(null);
  const run = useAction(async () => {
    const args = toArguments(fields, typed);
    setWrong(args.ok ? null : args.field);
    if (!args.ok || scope.customer === null || !scope.isCurrent) return;
    setAnswer(null);
    const request = { tool: definition.name, arguments: { ...args.value, customer: scope.customer.code } };
    setAnswer(await api().callTool(request, within(definition.limits.deadlineMs + 10_000)));
  });
  return (
    <>
      <form
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
        {fields.length === 0 && <p className="quiet">{t('try.noArguments')}</p>}
        {fields.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={typed[field.name] ?? ''}
            isWrong={wrong === field.name}
            change={(value) => setTyped({ ...typed, [field.name]: value })}
          />
        ))}
        <Button type="submit" look="primary" isBusy={run.isBusy} disabled={!scope.isCurrent || scope.customer === null}>
          {t('try.run', { name: scope.customer?.name ?? t('scope.noCustomer') })}
        </Button>
        <FaultLine fault={run.fault} />
      </form>
      {answer !== null && <ToolAnswerView answer={answer} />}
    </>
  );
}

interface FieldProps {
  readonly field: SchemaField;
  readonly value: string;
  readonly isWrong: boolean;
  readonly change: (value: string) => void;
}

function Field({ field, value, isWrong, change }: FieldProps) {
  const id = useId();
  const shared = {
    id,
    className: 'field',
    value,
    'aria-required': field.isRequired,
    'aria-invalid': isWrong,
    'aria-describedby': `${id}-help`,
  };
  return (
    <div className="labelled">
      <label htmlFor={id}>
        {asWords(field.name)} {!field.isRequired && <span className="faint">{t('try.optional')}</span>}
      </label>
      {field.kind === 'choice' || field.kind === 'flag' ? (
        <select {...shared} onChange={(event) => change(event.target.value)}>
          <option value="">{t('try.notSet')}</option>
          {(field.kind === 'flag' ? ['true', 'false'] : field.choices).map((choice) => (
            <option key={choice} value={choice}>
              {field.kind === 'flag' ? t(choice === 'true' ? 'try.yes' : 'try.no') : choice}
            </option>
          ))}
        </select>
      ) : field.kind === 'json' ? (
        <textarea {...shared} className="field mono" rows={3} onChange={(event) => change(event.target.value)} />
      ) : (
        <input
          {...shared}
          inputMode={field.kind === 'text' ? 'text' : 'numeric'}
          autoComplete="off"
          onChange={(event) => change(event.target.value)}
        />
      )}
      <span id={`${id}-help`} className={isWrong ? 'bad' : 'faint'}>
        {isWrong ? t(value.trim() === '' ? 'try.needed' : `try.mustBe.${field.kind}`) : field.help}
      </span>
    </div>
  );
}
