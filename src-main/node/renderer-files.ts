import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** The built window. */
export interface RendererFiles {
  /** The file at a URL path, or undefined. Only names found at the start exist, so no path can lead anywhere else. */
  read(path: string): Promise<RendererFile | undefined>;
}

export interface RendererFile {
  readonly body: Buffer<ArrayBuffer>;
  readonly type: string;
}

/** Reads the list of files once. An absent folder is an empty window. */
export function rendererFiles(folder: string): RendererFiles {
  const files = new Map(names(folder).map((name) => [`/${name.replaceAll('\\', '/')}`, join(folder, name)]));
  return {
    read: async (path) => {
      const name = path === '/' ? '/index.html' : path;
      const type = types[extname(name)];
      const file = files.get(name);
      if (file === undefined || type === undefined) return undefined;
      return { body: await readFile(file), type };
    },
  };
}

/** A file of another type is not served: nothing is ever sniffed. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

function names(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
