import { mintToken, parseClaims } from '../../src/cli/token';
import { TokenVerifier } from '../../src/http/token-verifier';
import { testConfig } from '../support/http';

describe('mintToken', () => {
  const config = testConfig();
  const claims = {
    subject: 'p-1',
    roles: ['supervisor', 'auditor'],
    organisation: 'bureau',
  } as const;

  it('makes tokens the service takes', async () => {
    const verifier = new TokenVerifier(config.auth);
    expect(await verifier.verify(await mintToken(config, claims))).toEqual(claims);
    const bare = await mintToken(config, { subject: 'p-1', roles: ['applicant'], ttl: '30m' });
    expect(await verifier.verify(bare)).toMatchObject({ organisation: null });
  });

  it('refuses in production', async () => {
    const real = testConfig({ environment: 'production' });
    await expect(mintToken(real, claims)).rejects.toThrow('outside production');
  });

  it('refuses where keys come from elsewhere', async () => {
    const keys = { kind: 'jwks', algorithm: 'RS256', url: new URL('https://a.example') } as const;
    const remote = testConfig({ auth: { ...config.auth, keys } });
    await expect(mintToken(remote, claims)).rejects.toThrow('local key');
  });

  it.each(['', '12', 'forever', '0h', '-1h'])('refuses a ttl of %j', async (ttl) => {
    await expect(mintToken(config, { ...claims, ttl })).rejects.toThrow(RangeError);
  });
});

describe('the command line', () => {
  it('names the claims', () => {
    const args = [
      '--sub',
      'p-1',
      '--roles',
      'supervisor, auditor',
      '--org',
      'bureau',
      '--ttl',
      '1h',
    ];
    expect(parseClaims(args)).toEqual({
      subject: 'p-1',
      roles: ['supervisor', 'auditor'],
      organisation: 'bureau',
      ttl: '1h',
    });
  });

  it.each([
    [['--roles', 'auditor'], /--sub and --roles/],
    [['--sub', 'p-1'], /--sub and --roles/],
    [['--sub', 'p-1', '--roles', 'pope'], /--roles knows applicant/],
    [['--sub', 'p-1', '--roles', 'auditor', '--admin', 'yes'], /--admin/],
  ])('%j is refused', (args, reason) => {
    expect(() => parseClaims(args)).toThrow(reason);
  });
});
