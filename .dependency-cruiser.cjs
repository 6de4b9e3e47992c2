const pure = '^src/(dossier|rules|projections|organisations|rounds|falsification|notifications)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'pure-core-imports-no-package',
      comment: 'The notice lives in plain TypeScript: no framework, no clock, no input or output.',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'pure-core-imports-no-shell',
      severity: 'error',
      from: { path: pure },
      to: { path: '^src/(adapters|application|http|cli)/' },
    },
    {
      name: 'engine-knows-no-dossier',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { path: '^src/', pathNot: '^src/engine/' },
    },
    {
      name: 'adapters-know-only-ports',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: '^src/', pathNot: '^src/(adapters|engine)/' },
    },
    {
      name: 'http-and-application-touch-no-adapter',
      severity: 'error',
      from: { path: '^src/(http|application)/' },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'nothing-imports-development-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
