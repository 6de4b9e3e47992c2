// Runs a TypeScript file as the tests do, without a build: node run.cjs <file> [<argument> …]
const { resolve } = require('node:path');
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  module._compile(transformFileSync(file).code, file);
};
process.argv.splice(1, 1);
require(resolve(process.argv[1]));
