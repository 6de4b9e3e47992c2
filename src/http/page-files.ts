import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file that pages load: scripts, styles, the charting library. */
export interface PageFile {
  readonly type: string;
  readonly content: Buffer;
  readonly zipped: Buffer;
  readonly etag: string;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/**
 * The files in a folder by their paths below it, such as `reports/main.js`: nothing else can be asked for. Each is
 * read and packed once, when it is first asked for.
 */
export class PageFiles {
  private readonly read = new Map<string, PageFile>();
  private readonly names: ReadonlySet<string>;

  constructor(private readonly folder: string) {
    const all = existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
      : [];
    this.names = new Set(
      all.map((name) => name.replaceAll('\\', '/')).filter((name) => extname(name) in types),
    );
  }

  get(name: string): PageFile | undefined {
    const type = types[extname(name)];
    if (type === undefined || !this.names.has(name)) return undefined;
    const file = this.read.get(name) ?? fileOf(type, readFileSync(join(this.folder, name)));
    this.read.set(name, file);
    return file;
  }
}

function fileOf(type: string, content: Buffer): PageFile {
  const etag = `"${createHash('sha256').update(content).digest('base64url')}"`;
  return { type, content, zipped: gzipSync(content), etag };
}
