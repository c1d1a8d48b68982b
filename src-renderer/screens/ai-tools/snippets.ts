/** The configuration of the common LLM tools that speak MCP over HTTP, for a person to paste. */

export const snippetTools = ['claude-code', 'cursor', 'vscode', 'codex', 'gemini'] as const;
export type SnippetTool = (typeof snippetTools)[number];

export interface Snippet {
  readonly text: string;
  readonly where: { readonly kind: 'run' | 'file'; readonly file?: string };
}

export function snippetFor(tool: SnippetTool, url: string, token: string): Snippet {
  const headers = { Authorization: `Bearer ${token}` };
  switch (tool) {
    case 'claude-code':
      return {
        text: `claude mcp add --transport http bulkhead ${url} \\\n  --header "Authorization: Bearer ${token}"`,
        where: { kind: 'run' },
      };
    case 'cursor':
      return file('~/.cursor/mcp.json', { mcpServers: { bulkhead: { url, headers } } });
    case 'vscode':
      return file('.vscode/mcp.json', { servers: { bulkhead: { type: 'http', url, headers } } });
    case 'codex':
      return {
        text: `[mcp_servers.bulkhead]\nurl = "${url}"\nhttp_headers = { Authorization = "Bearer ${token}" }`,
        where: { kind: 'file', file: '~/.codex/config.toml' },
      };
    case 'gemini':
      return file('~/.gemini/settings.json', { mcpServers: { bulkhead: { httpUrl: url, headers } } });
  }
}

const file = (name: string, content: unknown): Snippet => ({
  text: JSON.stringify(content, null, 2),
  where: { kind: 'file', file: name },
});
