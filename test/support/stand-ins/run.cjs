// Runs a TypeScript file as the tests do, without a build: node run.cjs <file>
const { resolve } = require('node:path');
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  module._compile(transformFileSync(file).code, file);
};
require(resolve(process.argv[2]));
