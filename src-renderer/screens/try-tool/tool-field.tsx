import { Plus, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { asWords } from '../../parts/as-words.ts';
import { Button } from '../../parts/button.tsx';
import { LabelledField } from '../../parts/labelled-field.tsx';
import { number, t } from '../../words.ts';
import type { Misfit, SchemaField, Typed } from './schema-fields.ts';

interface Props {
  readonly field: SchemaField;
  readonly value: Typed[string];
  /** What does not fit in it, with the path from here; null while all is well. */
  readonly misfit: Misfit | null;
  readonly change: (value: Typed[string]) => void;
}

/** One argument of a tool, or a group of them. */
export function ToolField(props: Props) {
  const { field, value, misfit, change } = props;
  if (field.kind === 'group') return <Group {...props} />;
  const text = typeof value === 'string' ? value : '';
  return (
    <LabelledField
      label={
        <>
          {asWords(field.name)} {!field.isRequired && <span className="faint">{t('try.optional')}</span>}
        </>
      }
      help={helpOf(field)}
      wrong={misfit === null ? null : misfitWords(field, misfit)}
    >
      {(attributes) => {
        const shared = { ...attributes, className: 'field', value: text, 'aria-required': field.isRequired };
        switch (field.kind) {
          case 'choice':
          case 'flag':
            return (
              <select {...shared} onChange={(event) => change(event.target.value)}>
                <option value="">{t('try.notSet')}</option>
                {(field.kind === 'flag' ? ['true', 'false'] : field.choices).map((choice) => (
                  <option key={choice} value={choice}>
                    {field.kind === 'flag' ? t(choice === 'true' ? 'try.yes' : 'try.no') : choice}
                  </option>
                ))}
              </select>
            );
          case 'long':
          case 'lines':
          case 'json':
            return (
              <textarea
                {...shared}
                className={`field ${field.kind === 'json' ? 'mono' : ''}`}
                rows={field.kind === 'long' ? 5 : 3}
                onChange={(event) => change(event.target.value)}
              />
            );
          default:
            return (
              <input
                {...shared}
                type={inputTypes[field.kind] ?? 'text'}
                inputMode={field.kind === 'integer' || field.kind === 'number' ? 'numeric' : undefined}
                autoComplete={field.kind === 'secret' ? 'new-password' : 'off'}
                onChange={(event) => change(event.target.value)}
              />
            );
        }
      }}
    </LabelledField>
  );
}

const inputTypes: Partial<Record<SchemaField['kind'], string>> = {
  secret: 'password',
  date: 'date',
  time: 'datetime-local',
};

/** As many members as a person adds, each with the same few fields. */
function Group({ field, value, misfit, change }: Props) {
  const place = useRef<HTMLFieldSetElement>(null);
  const members = value !== undefined && typeof value !== 'string' ? value : [];
  const what = asWords(field.name);
  const one = asWords(field.name.replace(/(?<!s)s$/, '')); // A line of `lines`.
  const set = (index: number, member: Typed): void =>
    change(members.map((each, other) => (other === index ? member : each)));
  /** After the next drawing: a new member's first field, or what is left when one went. */
  const focusLater = (selector: string): void => {
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>(selector)?.focus());
  };
  const own = misfit?.field === field.name ? misfit : null;
  return (
    <fieldset className="field-group" ref={place} aria-invalid={own !== null || undefined}>
      <legend>
        {what} {!field.isRequired && <span className="faint">{t('try.optional')}</span>}
      </legend>
      <p className={own === null ? 'faint' : 'bad'}>{own === null ? field.help : misfitWords(field, own)}</p>
      {members.map((member, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- Members have no name of their own, and their fields no state.
        <div key={index} role="group" className="member" aria-label={t('try.member', { what: one, place: index + 1 })}>
          <div className="member-head">
            <b>{t('try.member', { what: one, place: index + 1 })}</b>
            <Button
              look="plain"
              className="square"
              aria-label={t('try.removeMember', { what: t('try.member', { what: one, place: index + 1 }) })}
              onClick={() => {
                change(members.filter((_, other) => other !== index));
                focusLater('.add-member');
              }}
            >
              <Trash2 className="icon" aria-hidden="true" />
            </Button>
          </div>
          {field.members.map((each) => (
            <ToolField
              key={each.name}
              field={each}
              value={member[each.name]}
              misfit={misfitIn(misfit, `${field.name}.${index}.`, each.name)}
              change={(typed) => set(index, { ...member, [each.name]: typed })}
            />
          ))}
        </div>
      ))}
      <Button
        className="add-member"
        disabled={members.length >= field.most}
        onClick={() => {
          change([...members, {}]);
          focusLater(`.member:nth-of-type(${members.length + 1}) :is(input, select, textarea)`);
        }}
      >
        <Plus className="icon" aria-hidden="true" />
        {t('try.add', { what: one.toLowerCase() })}
      </Button>
    </fieldset>
  );
}

/** The part of a misfit that lies in `name` below `path`; its own path begins there. */
export function misfitIn(misfit: Misfit | null, path: string, name: string): Misfit | null {
  if (misfit === null || !misfit.field.startsWith(path)) return null;
  const field = misfit.field.slice(path.length);
  return field === name || field.startsWith(`${name}.`) ? { ...misfit, field } : null;
}

function helpOf({ kind, help }: SchemaField): string {
  if (kind === 'secret') return [help, t('try.secretHelp')].filter((part) => part !== '').join(' ');
  return kind === 'lines' ? [help, t('try.linesHelp')].filter((part) => part !== '').join(' ') : help;
}

function misfitWords({ kind, least, most }: SchemaField, { why }: Misfit): string {
  if (why === 'needed') return t('try.needed');
  if (why === 'kind') return t(`try.mustBe.${kind}`);
  const isText = ['text', 'long', 'secret', 'date', 'time'].includes(kind);
  const isCount = kind === 'group' || kind === 'lines';
  if (isText) return t(why === 'most' ? 'try.tooLong' : 'try.tooShort', { least: number(least), most: number(most) });
  if (isCount) return t(why === 'most' ? 'try.tooMany' : 'try.tooFew', { least: number(least), most: number(most) });
  const side = Number.isFinite(least) && Number.isFinite(most) ? 'both' : why;
  return t(`try.outside.${side}`, { least: number(least), most: number(most) });
}
