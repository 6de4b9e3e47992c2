const { existsSync } = require('node:fs');

const usual = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`);

/** The browser the pages are tested in: the one named in CHROMIUM, or where Linux has it. Undefined for none. */
exports.chromiumPath = [process.env.CHROMIUM ?? '', ...usual].find(
  (path) => path !== '' && existsSync(path),
);
