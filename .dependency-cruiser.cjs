const pure =
  '^src/(dossier|rules|projections|organisations|rounds|falsification|notifications|privacy|audit)/';

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
      name: 'audit-takes-its-algorithms-from-the-suite',
      comment: 'Another pair of algorithms (SM2 and SM3) is one more suite, and no other change.',
      severity: 'error',
      from: { path: '^src/audit/', pathNot: '^src/audit/suite\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'verifier-shares-no-code-with-the-service',
      comment: 'Whoever checks the service must not check it with its own code.',
      severity: 'error',
      from: { path: '^src/verify/' },
      to: {
        pathNot: ['^src/verify/', '^(node:)?[a-z_/]+$', 'node_modules/@photostructure/sqlite/'],
      },
    },
    {
      name: 'nothing-leans-on-the-verifier',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/verify/' },
      to: { path: '^src/verify/' },
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
      to: { path: '^src/', pathNot: '^src/(adapters|audit|engine)/' },
    },
    {
      name: 'http-and-application-touch-no-adapter',
      severity: 'error',
      from: { path: '^src/(http|application)/' },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'pages-speak-to-the-service-over-http-alone',
      severity: 'error',
      from: { path: '^src/pages/', pathNot: 'assemble\\.mjs$' },
      to: { pathNot: ['^src/pages/', 'node_modules/echarts/'] },
    },
    {
      name: 'the-service-runs-no-code-of-its-pages',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/pages/' },
      to: { path: '^src/pages/' },
    },
    {
      name: 'nothing-imports-development-packages',
      comment: 'What pages load in the browser is put beside them when they are built.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/pages/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
