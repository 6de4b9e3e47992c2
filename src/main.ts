import 'reflect-metadata';

import { AppModule } from './app.module';
import { greeting } from './cli/greeting';
import { ConfigError, readConfig, type Config } from './config';
import { createLogger } from './http/logging';
import { createApp } from './http/server';
import { Metrics } from './metrics/metrics';
import { openStores } from './stores';

/** Milliseconds a request in hand is given to end after SIGTERM. */
const longestFarewell = 25_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config);
  const metrics = new Metrics();
  metrics.watchProcess();
  const stores = await openStores(config, {
    onWarning: (sentence) => {
      logger.warn(sentence);
    },
    onReconnect: (server, reason) => {
      metrics.reconnects.inc({ server });
      logger.warn({ server, reason }, 'connects anew');
    },
    onAppend: (outcome, seconds) => {
      metrics.appends.observe({ outcome }, seconds);
    },
  });
  const app = await createApp(config, AppModule.forRoot(config, stores, metrics), logger);
  // By exit, not by signal: the first process of a container survives its own signals.
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => setTimeout(() => process.exit(1), longestFarewell).unref());
  }
  await app.listen(config.port, config.host).catch((error: unknown) => {
    throw cannotListen(config, error);
  });
  const { environment, simulatedNow } = config;
  const address = await app.getUrl();
  logger.info({ environment, simulatedNow, address }, 'listening');
  const hello = await greeting(config, address.replace('127.0.0.1', 'localhost'));
  if (hello !== undefined) process.stdout.write(hello);
}

function cannotListen({ host, port }: Config, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new ConfigError([
        `Another process listens on port ${port} already; stop it, or set PORT to another one.`,
      ]);
    case 'EACCES':
      return new ConfigError([`This user may not listen on port ${port}; set PORT above 1023.`]);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConfigError([`HOST (${host}) is no address of this machine.`]);
    default:
      return error;
  }
}

main().catch((error: unknown) => {
  const message = error instanceof ConfigError ? error.message : describe(error);
  process.stderr.write(`${message}\n`);
  process.exit(1);
});

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
