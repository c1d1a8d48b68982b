import { useState } from 'react';
import { useAppState } from '../../api/app.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { CodeBlock } from '../../parts/scroll-region.tsx';
import { t } from '../../words.ts';
import { snippetFor, snippetTools } from './snippets.ts';

/** How to point an LLM tool at Bulkhead: the address, and the configuration of the common ones. */
export function ConnectHelp({ token }: { readonly token: string | null }) {
  const { mcpUrl } = useAppState();
  const [tool, setTool] = useState<(typeof snippetTools)[number]>('claude-code');
  if (mcpUrl === null) return <p className="quiet">{t('connect.notListening')}</p>;
  const { text, where } = snippetFor(tool, mcpUrl, token ?? t('connect.placeholder'));
  return (
    <div className="connect">
      {token === null && <p className="quiet">{t('connect.lead')}</p>}
      <div className="token-line">
        <code className="token">{mcpUrl}</code>
        <CopyButton text={mcpUrl} label={t('connect.copyUrl')} />
      </div>
      <div className="filters" role="group" aria-label={t('connect.tools')}>
        {snippetTools.map((each) => (
          <button key={each} type="button" className="chip" aria-pressed={each === tool} onClick={() => setTool(each)}>
            {t(`connect.tool.${each}`)}
          </button>
        ))}
      </div>
      <p className="quiet snippet-where">
        {t(`connect.where.${where.kind}`)} {where.file !== undefined && <code>{where.file}</code>}
      </p>
      <div className="snippet">
        <CodeBlock label={t('connect.snippet')} text={text} />
        <CopyButton text={text} label={t('connect.copy')} />
      </div>
    </div>
  );
}
