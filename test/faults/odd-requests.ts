import type { Random } from '../../src/cli/season/people/random';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly anyOf?: readonly Schema[];
}

interface Operation {
  readonly parameters?: readonly { readonly in?: string; readonly name?: string }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { schema?: Schema }>> };
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface OddRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Uint8Array<ArrayBuffer> | null;
}

/** Moving the clock is for those who run the simulation. */
const leftOut = '/v1/simulation/';
const noObject = Object.prototype;

const odd: readonly [unknown, ...unknown[]] = [
  undefined,
  ...[
    null,
    true,
    -1,
    0,
    1e308,
    -0.5,
    2 ** 53,
    '',
    ' ',
    '\0',
    '\uD800',
    '长'.repeat(5_000),
    '__proto__',
  ],
  ...[
    '2022-08-26T09:00:00+08:00',
    '0000-00-00',
    '9'.repeat(400),
    '../../etc/passwd',
    "' or 1=1 --",
  ],
  ...[
    [],
    {},
    [[[[]]]],
    { $ne: null },
    { constructor: {} },
    ['x'],
    Array.from({ length: 300 }, () => ({})),
  ],
];

/** Requests of the form the document asks for, with something in them that is not. */
export class OddRequests {
  readonly #operations: readonly [Known, ...Known[]];

  constructor(
    private readonly document: Document,
    private readonly random: Random,
    private readonly ids: readonly string[],
  ) {
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
    );
    const [first, ...rest] = operations.filter(({ path }) => !path.startsWith(leftOut));
    if (first === undefined) throw new Error('the document has no operation');
    this.#operations = [first, ...rest];
  }

  next(tokens: readonly (string | null)[]): OddRequest {
    const { random } = this;
    const { path, method, operation } = random.pick(this.#operations);
    const token = tokens[random.between(0, tokens.length - 1)] ?? null;
    const [type, content] = method === 'get' ? [null, null] : this.#content(operation);
    return {
      method: method.toUpperCase(),
      path: this.#path(path, operation),
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(type === null ? {} : { 'content-type': type }),
        ...this.#headers(),
      },
      content,
    };
  }

  /** Bytes that are no request, or only the beginning of one. */
  garbage(): Buffer {
    const { random } = this;
    const bytes = Buffer.from(
      Array.from({ length: random.between(1, 2_000) }, () => random.between(0, 255)),
    );
    const starts = ['', 'GET ', 'POST /v1/dossiers HTTP/1.1\r\n', 'GET / HTTP/1.1\r\nHost: '];
    const start = starts[random.between(0, starts.length - 1)] ?? '';
    return Buffer.concat([Buffer.from(start), bytes]);
  }

  #path(template: string, { parameters = [] }: Operation): string {
    const path = template.replace(/\{\w+\}/g, () => encodeURIComponent(this.#idOrOdd()));
    const named = parameters.flatMap(({ in: place, name }) => (place === 'query' ? name : []));
    const query = named.flatMap((name) =>
      name !== undefined && this.random.chance(0.4)
        ? `${name}=${encodeURIComponent(this.#text())}`
        : [],
    );
    return query.length === 0 ? path : `${path}?${query.join('&')}`;
  }

  #idOrOdd(): string {
    const id = this.ids[this.random.between(0, this.ids.length - 1)] ?? '';
    return this.random.chance(0.7) ? id : this.#text().slice(0, 300) || '-';
  }

  #text(): string {
    const value = this.random.pick(odd);
    const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
    // Half of a surrogate pair cannot be written in an address.
    return Buffer.from(text).toString();
  }

  #headers(): Record<string, string> {
    const values = ['', '"0"', '*', 'x'.repeat(300), '"99999999999999999999"', 'é', '0'];
    const names = ['if-match', 'idempotency-key', 'read-after', 'accept', 'accept-language'];
    return Object.fromEntries(
      names
        .filter(() => this.random.chance(0.15))
        .map((name) => [name, values[this.random.between(0, values.length - 1)] ?? '']),
    );
  }

  /** The media type and the bytes, of which the one may not be the other's. */
  #content({ requestBody }: Operation): [string | null, Uint8Array<ArrayBuffer> | null] {
    const { random } = this;
    const [media] = Object.entries(requestBody?.content ?? {});
    const [type = 'application/json', { schema = {} } = {}] = media ?? [];
    if (random.chance(0.05)) return [null, null];
    if (type.startsWith('multipart/')) return this.#form();
    const proper = this.#value(schema, 0);
    const value = random.chance(0.15) ? proper : this.#spoilt(proper, 0);
    const text = value === undefined ? '' : JSON.stringify(value);
    const bytes = new Uint8Array(Buffer.from(text));
    const wrongType = random.chance(0.05) ? 'text/plain' : type;
    if (random.chance(0.1)) return [wrongType, bytes.slice(0, random.between(0, bytes.length))];
    if (bytes.length > 0 && random.chance(0.1)) {
      bytes[random.between(0, bytes.length - 1)] = random.between(0, 255);
    }
    if (random.chance(0.02)) return [type, new Uint8Array(Buffer.from('['.repeat(100_000)))];
    return [wrongType, bytes];
  }

  #form(): [string, Uint8Array<ArrayBuffer>] {
    const { random } = this;
    const id = this.#idOrOdd();
    const part = (disposition: string, content: string): string =>
      `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
    const parts = [
      part('name="dossier"', id),
      part(`name="file"; filename="${id.slice(0, 50)}"`, '%PDF-1.4\nodd\n%%EOF\n'),
      part('name="__proto__"', 'x'),
      part('', 'x'),
    ].filter(() => random.chance(0.7));
    const text = `${parts.join('')}${random.chance(0.7) ? '--b--\r\n' : ''}`;
    const boundary = random.chance(0.9) ? 'b' : 'another';
    return [`multipart/form-data; boundary=${boundary}`, new Uint8Array(Buffer.from(text))];
  }

  /** A value of the schema, as the document's examples have it. */
  #value(schema: Schema, depth: number): unknown {
    const { $ref, example, anyOf, properties, items } = schema;
    if (depth > 6) return null;
    if ($ref !== undefined) {
      const named = this.document.components.schemas[$ref.split('/').at(-1) ?? ''];
      return named === undefined ? null : this.#value(named, depth + 1);
    }
    if (example !== undefined) return example;
    if (schema.enum !== undefined) return schema.enum[0];
    if (anyOf?.[0] !== undefined) return this.#value(anyOf[0], depth + 1);
    if (properties !== undefined) {
      const members = Object.entries(properties);
      return Object.fromEntries(
        members.map(([name, member]) => [name, this.#value(member, depth + 1)]),
      );
    }
    if (items !== undefined) return [this.#value(items, depth + 1)];
    const type = String([schema.type].flat()[0]);
    const plain: Readonly<Record<string, unknown>> = { integer: 1, number: 1, boolean: true };
    return type === 'object' ? {} : (plain[type] ?? 'text');
  }

  /** Something in it is replaced, left out, or added. */
  #spoilt(value: unknown, depth: number): unknown {
    const { random } = this;
    if (typeof value !== 'object' || value === null || depth > 4 || random.chance(0.15)) {
      return random.pick(odd);
    }
    if (Array.isArray(value)) {
      const at = random.between(0, Math.max(0, value.length - 1));
      return value.length === 0
        ? [random.pick(odd)]
        : value.map((member: unknown, index) =>
            index === at ? this.#spoilt(member, depth + 1) : member,
          );
    }
    const members = Object.entries(value);
    const [name = 'unknown', member] = members[random.between(0, members.length - 1)] ?? [];
    if (random.chance(0.15)) return { ...value, [name in noObject ? 'x' : `${name}x`]: 1 };
    if (random.chance(0.15)) return Object.fromEntries(members.filter(([key]) => key !== name));
    return { ...value, [name]: this.#spoilt(member, depth + 1) };
  }
}

interface Known {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}
