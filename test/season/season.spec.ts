import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const dist = join(__dirname, '../../dist');
const command = join(dist, 'cli/season/main.js');
const built = existsSync(join(dist, 'main.js')) && existsSync(command);

/** Runs the built command to its end. */
async function season(dataDir: string, ...args: readonly string[]) {
  const env = { ...process.env, DATA_DIR: dataDir };
  const child = spawn(process.execPath, [command, ...args], { env });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

// It plays against the built service: `npm test` builds first.
(built ? describe : describe.skip)('npm run season', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'season-'));

  afterAll(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('plays twelve applicants without a difference', async () => {
    const { code, output } = await season(dataDir, '--applicants', '12');
    expect(output).toMatch(/differences +0$/m);
    expect(output).toMatch(/R-6 submission-limit-reached +[1-9]/);
    expect(output).toMatch(/T-1 filing-window-closed +[1-9]/);
    expect(output).toMatch(/M-26 barred-for-falsification +[1-9]/);
    expect(output).toMatch(/broken dossiers judged +[1-9]\d/);
    expect(code).toBe(0);
  });

  it('does not play on where a season was played', async () => {
    const { code, output } = await season(dataDir, '--applicants', '12');
    expect(output).toContain('choose another DATA_DIR');
    expect(code).toBe(2);
  });
});
