/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data'],
  // A busy machine is no failure: this is for what hangs.
  testTimeout: 180_000,
  reporters: ['default', '<rootDir>/test/support/servers-reporter.cjs'],
};
