import { parseOptions } from '../../src/cli/season/options';

describe('the options of the season', () => {
  it('plays 200 applicants of seed 2022 on a free port by default', () => {
    expect(parseOptions([])).toEqual({
      applicants: 200,
      engines: 'embedded',
      seed: 2022,
      port: null,
    });
  });

  it('takes what the command line asks for', () => {
    const args = ['--applicants', '12', '--seed', '7', '--port', '3100'];
    expect(parseOptions(args)).toEqual({
      applicants: 12,
      engines: 'embedded',
      seed: 7,
      port: 3100,
    });
  });

  it('asks for help', () => {
    expect(parseOptions(['--help'])).toBeNull();
  });

  it.each([
    [['--applicants', '0']],
    [['--applicants', '5001']],
    [['--applicants', 'many']],
    [['--seed=-1']],
    [['--port', '65536']],
  ])('refuses %j, naming the option', (args) => {
    expect(() => parseOptions(args)).toThrow(/^--(applicants|seed|port) is a whole number/);
  });

  it('refuses an option it does not know', () => {
    expect(() => parseOptions(['--year', '2023'])).toThrow(/--year/);
  });
});
