import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';

import { readConnectionString } from '../../src/adapters/eventstoredb/connection-string';
import { MongoConnection } from '../../src/adapters/mongodb/connection';
import { readConfig } from '../../src/config';
import type { Env } from '../../src/environment';
import { routes } from '../e2e/routes';

const root = resolve(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Container {
  readonly build?: string;
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly env_file?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?:
    readonly string[] | Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly networks?: { readonly default: { readonly ipv4_address: string } };
}

interface Compose {
  readonly services: Readonly<Record<string, Container>>;
  readonly volumes: Readonly<Record<string, null>>;
}

function compose(path: string): Compose {
  return load(read(path), { schema: CORE_SCHEMA.withTags(mergeTag) }) as Compose;
}

/** Every setting the service reads, whatever it is set to. */
function knownSettings(): ReadonlySet<string> {
  const asked = new Set<string>();
  const env = new Proxy<Record<string, string>>(productionSettings(), {
    get: (settings, name) => {
      asked.add(String(name));
      return settings[String(name)];
    },
  });
  readConfig(env);
  return asked;
}

function productionSettings(): Record<string, string> {
  const secret = () => randomBytes(48).toString('base64');
  const names = ['JWT_KEY', 'LOOKUP_KEY', 'MASTER_KEY', 'AUDIT_KEY'];
  return { NODE_ENV: 'production', ...Object.fromEntries(names.map((name) => [name, secret()])) };
}

/** The lines of the example that set something, or would without their #. */
function exampleSettings(commented: boolean): Record<string, string> {
  const line = commented ? /^#?([A-Z_]+)=(.*)$/gm : /^([A-Z_]+)=(.*)$/gm;
  const lines = read('deploy/service.env.example').matchAll(line);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}

const files = ['docker-compose.yml', 'docker-compose.cluster.yml'];
const instances = files.flatMap((file) =>
  Object.entries(compose(file).services)
    .filter(([, { build }]) => build !== undefined)
    .map(([name, service]) => [`${name} in ${file}`, service] as const),
);

describe('The service in the compose files', () => {
  it('is one instance for development, and two in the cluster', () => {
    expect(instances.map(([name]) => name)).toEqual([
      'title-review in docker-compose.yml',
      'title-review-1 in docker-compose.cluster.yml',
      'title-review-2 in docker-compose.cluster.yml',
    ]);
  });

  it.each(instances)('%s is set by names the service knows', (_, { environment = {} }) => {
    const known = knownSettings();
    expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(instances)('%s starts with these settings', (_, { environment = {}, env_file }) => {
    const given = env_file === undefined ? {} : exampleSettings(false);
    const filledIn = Object.entries(given).map(([name, value]): [string, string] => [
      name,
      value === '' ? randomBytes(48).toString('base64') : value,
    ]);
    const keys: Record<string, string> = { ...productionSettings(), NODE_ENV: 'development' };
    const env = {
      ...(env_file === undefined ? keys : Object.fromEntries(filledIn)),
      ...environment,
    };
    expect(readConfig(env as Env)).toMatchObject({
      environment: env_file === undefined ? 'development' : 'production',
    });
  });

  it.each(instances)('%s finds its stores among the others', async (name, { environment = {} }) => {
    const { services } = compose(name.split(' in ')[1] ?? '');
    const eventStore = readConnectionString(String(environment.EVENTSTORE_URL));
    const mongodb = String(environment.MONGODB_URL);
    await MongoConnection.open(mongodb).close();
    const hosts = [
      ...eventStore.hosts.split(', '),
      ...(/\/\/([^/]+)/.exec(mongodb)?.[1] ?? '').split(','),
    ];
    for (const host of hosts) {
      const [service = '', port] = host.split(':');
      expect(services).toHaveProperty(service);
      expect(port).toBe(services[service]?.image?.startsWith('mongo') === true ? '27017' : '2113');
    }
  });

  it('trusts the proxy it stands behind and nobody else', () => {
    const { services } = compose('docker-compose.cluster.yml');
    const proxy = services.nginx?.networks?.default.ipv4_address;
    expect(proxy).toBeDefined();
    expect(services['title-review-1']?.environment?.TRUST_PROXY).toBe(proxy);
  });
});

describe.each(files)('%s', (file) => {
  const { services, volumes } = compose(file);
  const all = Object.entries(services);

  it('pins every image to a version', () => {
    const images = all.flatMap(([, { image }]) => image ?? []);
    for (const image of images) expect(image).toMatch(/:\d+\.\d+\.\d+(-[\w-]+)?$/);
  });

  it('waits only for what is there, and for health only where it is checked', () => {
    for (const [, { depends_on = {} }] of all) {
      const conditions: readonly (readonly string[])[] =
        depends_on instanceof Array
          ? depends_on.map((name) => [name])
          : Object.entries(depends_on).map(([name, { condition }]) => [name, condition]);
      for (const [name = '', condition] of conditions) {
        expect(services).toHaveProperty(name);
        if (condition === 'service_healthy') expect(services[name]?.healthcheck).toBeDefined();
      }
    }
  });

  it('keeps data in volumes that are declared, and mounts files that exist', () => {
    const mounted = all.flatMap(([, service]) => service.volumes ?? []);
    const sources = mounted.map((volume) => volume.split(':')[0] ?? '');
    const named = sources.filter((source) => !source.startsWith('.'));
    expect([...new Set(named)].sort()).toEqual(Object.keys(volumes).sort());
    for (const path of sources.filter((source) => source.startsWith('.'))) {
      expect(existsSync(join(root, path))).toBe(true);
    }
  });

  it('lets nobody else reach a store', () => {
    const stores = all.filter(([, { image = '' }]) => /eventstore|mongo/.test(image));
    expect(stores.length).toBeGreaterThan(2);
    for (const [, { ports = [] }] of stores) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });
});

describe('The image', () => {
  const dockerfile = read('Dockerfile');
  const ignore = read('.dockerignore');

  it('runs as nobody in particular, on a pinned base, with a check of a route that is there', () => {
    expect(dockerfile).toMatch(/^ARG NODE=node:\d+\.\d+\.\d+-/m);
    expect(dockerfile.lastIndexOf('\nUSER node\n')).toBeGreaterThan(
      dockerfile.lastIndexOf('\nFROM '),
    );
    const [, path] = /HEALTHCHECK[^]*?\+ '(\/[^']+)'/.exec(dockerfile) ?? [];
    expect(routes).toHaveProperty([`GET ${path ?? ''}`]);
    expect(dockerfile).toContain('EXPOSE 3000');
    expect(readConfig(productionSettings()).port).toBe(3000);
  });

  it('copies only what is sent to its builder', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, paths = '']) => paths.split(' '),
    );
    expect(copied.length).toBeGreaterThan(4);
    for (const path of copied) {
      expect(ignore).toContain(`!${path}\n`);
      expect(statSync(join(root, path))).toBeDefined();
    }
  });
});

describe('deploy/service.env.example', () => {
  it('names every setting of production, and none that the service does not know', () => {
    const known = new Set(knownSettings());
    known.delete('SIMULATED_NOW');
    expect(Object.keys(exampleSettings(true)).sort()).toEqual([...known].sort());
  });

  it('holds no secret', () => {
    for (const [name, value] of Object.entries(exampleSettings(true))) {
      if (/KEY|SECRET|TOKEN$/.test(name)) expect(value).toBe('');
    }
  });
});
