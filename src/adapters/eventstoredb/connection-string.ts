import { readFileSync } from 'node:fs';
import type {
  ChannelCredentialOptions,
  Credentials,
  DNSClusterOptions,
  GossipClusterOptions,
  SingleNodeOptions,
} from '@eventstore/db-client';
import {
  type ConnectionOptions,
  parseConnectionString,
} from '@eventstore/db-client/dist/Client/parseConnectionString';
import { CannotConnect } from '../../engine/cannot-connect';

export interface ConnectionSettings {
  readonly nodes: SingleNodeOptions | GossipClusterOptions | DNSClusterOptions;
  readonly channel: ChannelCredentialOptions;
  readonly credentials?: Credentials;
  /** The addresses alone, for messages. */
  readonly hosts: string;
  readonly tls: boolean;
}

const knownOptions = [
  'connectionName',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'nodePreference',
  'tls',
  'tlsCAFile',
  'userCertFile',
  'userKeyFile',
];

/**
 * Takes an `esdb://` or `esdb+discover://` connection string apart. Throws {@link CannotConnect}
 * with what to change; it never quotes the string, which holds the password.
 */
export function readConnectionString(text: string): ConnectionSettings {
  refuseUnknownOptions(text);
  const options = parse(text);
  const tls = options.tls !== false;
  const { defaultCredentials: credentials } = options;
  return {
    nodes: nodesOf(options),
    channel: tls ? tlsOf(options) : { insecure: true },
    ...(credentials === undefined ? {} : { credentials }),
    hosts: options.hosts.map(({ address, port }) => `${address}:${port}`).join(', '),
    tls,
  };
}

/** The client would only warn of them, quoting the whole string, password and all. */
function refuseUnknownOptions(text: string): void {
  const known = new Set(knownOptions.map((option) => option.toLowerCase()));
  const [, query = ''] = text.split('?');
  for (const pair of query.split('&')) {
    const [name = ''] = pair.split('=');
    if (name === '' || known.has(name.toLowerCase())) continue;
    throw new CannotConnect(
      `EVENTSTORE_URL has an option that is not supported; use only ${knownOptions.join(', ')}.`,
    );
  }
}

function parse(text: string): ConnectionOptions {
  try {
    return parseConnectionString(text);
  } catch {
    throw new CannotConnect(
      'EVENTSTORE_URL is not a connection string; write it like ' +
        'esdb://user:password@host:2113 or esdb+discover://user:password@cluster:2113, ' +
        'with ?tls=false for a server without TLS.',
    );
  }
}

function nodesOf(options: ConnectionOptions): ConnectionSettings['nodes'] {
  const { hosts, dnsDiscover, keepAliveInterval, keepAliveTimeout, connectionName } = options;
  const [first, ...others] = hosts;
  if (first === undefined) throw new CannotConnect('EVENTSTORE_URL names no host; add one.');
  const common = {
    // A wrong revision is an answer like others; the client's error for it has no message.
    throwOnAppendFailure: false,
    ...defined({ keepAliveInterval, keepAliveTimeout, connectionName }),
  };
  if (!dnsDiscover && others.length === 0) return { endpoint: first, ...common };
  const { nodePreference, discoveryInterval, gossipTimeout, maxDiscoverAttempts } = options;
  const discovery = {
    // The client's own ten rounds would hold a call up for minutes where no node answers.
    maxDiscoverAttempts: maxDiscoverAttempts ?? 3,
    ...defined({ nodePreference, discoveryInterval, gossipTimeout }),
  };
  return dnsDiscover
    ? { discover: first, ...common, ...discovery }
    : { endpoints: hosts, ...common, ...discovery };
}

function tlsOf({
  tlsCAFile,
  userCertFile,
  userKeyFile,
}: ConnectionOptions): ChannelCredentialOptions {
  if ((userCertFile === undefined) !== (userKeyFile === undefined)) {
    throw new CannotConnect('EVENTSTORE_URL needs userCertFile and userKeyFile together.');
  }
  return defined({
    rootCertificate: fileOf('tlsCAFile', tlsCAFile),
    userCertFile: fileOf('userCertFile', userCertFile),
    userKeyFile: fileOf('userKeyFile', userKeyFile),
  });
}

function fileOf(option: string, path: string | undefined): Buffer | undefined {
  try {
    return path === undefined ? undefined : readFileSync(path);
  } catch {
    throw new CannotConnect(`EVENTSTORE_URL names a ${option} that cannot be read: ${path ?? ''}.`);
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The client tells an option that is undefined from one that is not there. */
function defined<T extends object>(options: T): Defined<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
