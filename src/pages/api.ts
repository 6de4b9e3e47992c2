import { language } from './dom.ts';
import { tags } from './language.ts';

/** Why the service gives no answer; `status` 0 where it was not reached. */
export interface Refusal {
  readonly status: number;
  /** What the service says itself, a sentence for each fault; empty where it said nothing. */
  readonly sentences: readonly string[];
}

export type Answer<Body> =
  { readonly ok: true; readonly body: Body } | { readonly ok: false; readonly refusal: Refusal };

export interface FileAnswer {
  readonly content: Blob;
  readonly name: string;
}

/** Speaks to the service for whoever holds the token. It only ever reads. */
export class Api {
  constructor(private readonly token: string) {}

  json<Body>(path: string): Promise<Answer<Body>> {
    return this.get(path, 'application/json', (response) => response.json() as Promise<Body>);
  }

  file(path: string, accept = '*/*'): Promise<Answer<FileAnswer>> {
    return this.get(path, accept, async (response) => ({
      content: await response.blob(),
      name: nameIn(response.headers.get('content-disposition') ?? ''),
    }));
  }

  /** Every item of a list, page by page. */
  async list<Item>(path: string): Promise<Answer<readonly Item[]>> {
    const all: Item[] = [];
    for (let cursor = ''; ;) {
      const page = `${path}?limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const answer = await this.json<{ items: readonly Item[]; nextCursor: string | null }>(page);
      if (!answer.ok) return answer;
      all.push(...answer.body.items);
      if (answer.body.nextCursor === null) return { ok: true, body: all };
      cursor = answer.body.nextCursor;
    }
  }

  private async get<Body>(
    path: string,
    accept: string,
    read: (response: Response) => Promise<Body>,
  ): Promise<Answer<Body>> {
    try {
      const response = await fetch(path, {
        headers: {
          accept,
          'accept-language': tags[language],
          authorization: `Bearer ${this.token}`,
        },
      });
      if (response.ok) return { ok: true, body: await read(response) };
      return { ok: false, refusal: await refusalIn(response) };
    } catch {
      return { ok: false, refusal: { status: 0, sentences: [] } };
    }
  }
}

async function refusalIn(response: Response): Promise<Refusal> {
  const { status } = response;
  try {
    const problem = (await response.json()) as {
      readonly detail?: string;
      readonly findings?: readonly { readonly message: string }[];
    };
    const messages = problem.findings?.map(({ message }) => message) ?? [];
    const sentences = messages.length > 0 ? messages : [problem.detail ?? ''];
    return { status, sentences: [...new Set(sentences)].filter((sentence) => sentence !== '') };
  } catch {
    return { status, sentences: [] };
  }
}

function nameIn(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return encoded === undefined ? 'file' : decodeURIComponent(encoded);
}
