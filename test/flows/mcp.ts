// The smallest MCP client a test needs: one POST, one answer, of either protocol era.
export interface McpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON-RPC message, when there is one. */
  readonly message: { result?: Record<string, unknown>; error?: { code: number; message: string } } | undefined;
}

export interface McpClient {
  request(method: string, params?: unknown): Promise<McpAnswer>;
  /** The structured content of a tool call, and whether it is an error. */
  call(tool: string, args?: Record<string, unknown>, signal?: AbortSignal): Promise<ToolResult>;
}

export interface ToolResult {
  readonly isError: boolean;
  readonly content: Record<string, unknown>;
  readonly text: string;
}

export function mcpClient(url: string, token: string): McpClient {
  let id = 0;
  const request = async (method: string, params: unknown = {}, signal?: AbortSignal): Promise<McpAnswer> =>
    post(
      url,
      JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params }),
      { authorization: `Bearer ${token}` },
      signal,
    );
  return {
    request,
    call: async (tool, args = {}, signal) => {
      const { message, text } = await request('tools/call', { name: tool, arguments: args }, signal);
      const result = message?.result;
      if (!result) throw new Error(`no result: ${text.slice(0, 300)}`);
      return {
        isError: result['isError'] === true,
        content: result['structuredContent'] as Record<string, unknown>,
        text,
      };
    },
  };
}

/** One raw POST, with whatever head and body a test wants. */
export async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<McpAnswer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body,
    ...(signal ? { signal } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, message: messageIn(text) };
}

function messageIn(text: string): McpAnswer['message'] {
  const json = /^data: (.*)$/m.exec(text)?.[1] ?? text; // An event stream, with comments that keep it alive before it.
  try {
    return JSON.parse(json) as McpAnswer['message'];
  } catch {
    return undefined;
  }
}
