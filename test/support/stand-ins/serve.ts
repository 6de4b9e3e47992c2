import { Servers } from '../servers';

/**
 * The stand-ins as a process of their own, for a season: tells in one line of JSON where they are, and
 * ends, with all they kept, when its input does.
 */
async function serve(): Promise<void> {
  const servers = await Servers.start();
  process.stdout.write(`${JSON.stringify(servers.env)}\n`);
  process.stdin.resume().on('end', () => process.exit(0));
}

void serve();
