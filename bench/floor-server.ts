// The floor of a call: a bare SDK server that answers the same payload after two flushes of the same disk, and does nothing
// else. What Bulkhead adds is measured against this, in the same run. Started as a child; says its port, ends with it.
import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { z } from 'zod';

const [payloadFile = '', journalFile = ''] = process.argv.slice(2);
const payload = JSON.parse(readFileSync(payloadFile, 'utf8')) as Record<string, unknown>;
const journal = openSync(journalFile, 'w');
const block = Buffer.alloc(1024, 1);

const handler = createMcpHandler(
  () => {
    const server = new McpServer({ name: 'floor', version: '0' });
    server.registerTool(
      'ticket_list',
      { description: 'The same answer every time.', inputSchema: z.object({ customer: z.string() }) },
      () => {
        for (let flush = 0; flush < 2; flush += 1) {
          writeSync(journal, block);
          fdatasyncSync(journal);
        }
        return { content: [{ type: 'text', text: JSON.stringify(payload) }], structuredContent: payload };
      },
    );
    return server;
  },
  { responseMode: 'json' },
);
const node = toNodeHandler(handler);
const server = createServer((request, response) => void node(request as Parameters<typeof node>[0], response));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
process.on('disconnect', () => {
  closeSync(journal);
  process.exit(0);
});
