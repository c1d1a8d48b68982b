import { useState } from 'react';
import type { ConnectorDescription, SettingDescription } from '../../../src-shared/contract/worker.ts';
import { useConnectors } from '../../api/queries.ts';
import { LabelledField } from '../../parts/labelled-field.tsx';
import { t } from '../../words.ts';
import { commonSettings, type InstanceInput } from './instance-input.ts';

interface Props {
  /** Undefined when this build does not know the instance's connector: then its settings cannot be shown. */
  readonly connector: ConnectorDescription | undefined;
  readonly input: InstanceInput;
  readonly wrong: 'name' | 'baseUrl' | null;
  readonly change: (input: InstanceInput) => void;
}

/** Name, address and settings of an instance. */
export function InstanceFields({ connector, input, wrong, change }: Props) {
  const example = connector?.baseUrlExample ?? '';
  const common = commonSettings(useConnectors().data ?? []);
  const settings = connector?.settings ?? [];
  const own = settings.filter(({ name }) => !common.has(name));
  const shared = settings.filter(({ name }) => common.has(name));
  const [isOpen] = useState(() => Object.keys(input.settings).some((name) => common.has(name)));
  const field = (setting: SettingDescription) => (
    <Setting
      key={setting.name}
      setting={setting}
      value={input.settings[setting.name] ?? ''}
      change={(value) => change({ ...input, settings: { ...input.settings, [setting.name]: value } })}
    />
  );
  return (
    <>
      <LabelledField
        label={t('connectors.form.name')}
        help={t('connectors.form.nameHelp')}
        wrong={wrong === 'name' ? t('connectors.form.nameNeeded') : null}
      >
        {(attributes) => (
          <input
            {...attributes}
            className="field"
            required
            maxLength={80}
            autoComplete="off"
            value={input.name}
            onChange={(event) => change({ ...input, name: event.target.value })}
          />
        )}
      </LabelledField>
      <LabelledField
        label={t('connectors.form.baseUrl')}
        help={t('connectors.form.baseUrlHelp', { example })}
        wrong={wrong === 'baseUrl' ? t('connectors.form.baseUrlWrong', { example }) : null}
      >
        {(attributes) => (
          <input
            {...attributes}
            className="field mono"
            type="url"
            required
            maxLength={500}
            autoComplete="off"
            spellCheck={false}
            placeholder={example}
            value={input.baseUrl}
            onChange={(event) => change({ ...input, baseUrl: event.target.value })}
          />
        )}
      </LabelledField>
      {own.map(field)}
      {shared.length > 0 && (
        <details className="more-settings" open={isOpen}>
          <summary>{t('connectors.form.shared')}</summary>
          <div className="more-settings-fields">{shared.map(field)}</div>
        </details>
      )}
    </>
  );
}

interface SettingProps {
  readonly setting: SettingDescription;
  readonly value: string;
  readonly change: (value: string) => void;
}

function Setting({ setting: { title, help, kind }, value, change }: SettingProps) {
  if (kind === 'switch')
    return (
      <label className="check">
        <input
          type="checkbox"
          checked={value === 'true'}
          onChange={(event) => change(event.target.checked ? 'true' : '')}
        />
        <span>
          {title}
          <span className="faint">{help}</span>
        </span>
      </label>
    );
  return (
    <LabelledField label={title} help={help} wrong={null}>
      {(attributes) =>
        kind === 'lines' ? (
          <textarea
            {...attributes}
            className="field mono"
            rows={3}
            maxLength={20_000}
            spellCheck={false}
            value={value}
            onChange={(event) => change(event.target.value)}
          />
        ) : (
          <input
            {...attributes}
            className="field"
            maxLength={20_000}
            autoComplete="off"
            spellCheck={false}
            value={value}
            onChange={(event) => change(event.target.value)}
          />
        )
      }
    </LabelledField>
  );
}
