const { chromiumPath } = require('./chromium.cjs');

/** Says at the end of a run which servers the adapters were tested on, and which browser the pages. */
module.exports = class {
  onRunComplete() {
    const servers = { EventStoreDB: 'EVENTSTORE_URL', MongoDB: 'MONGODB_URL' };
    for (const [server, variable] of Object.entries(servers)) {
      const isReal = (process.env[variable] ?? '') !== '';
      const used = isReal
        ? `the real server in ${variable} for the contract suite, a stand-in for the rest`
        : `a stand-in (test/support/stand-ins), no real server: ${variable} is not set`;
      process.stderr.write(`${server}: ${used}\n`);
    }
    const browser =
      chromiumPath ??
      'none found, so the specs of the pages that need one were skipped; apt-get install chromium, or name one in CHROMIUM';
    process.stderr.write(`Chromium: ${browser}\n`);
  }
};
