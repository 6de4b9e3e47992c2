import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

/* Puts beside the compiled pages what the browser loads and tsc does not write. */

const pages = import.meta.dirname;
const built = join(pages, '../../dist/pages');
const echarts = dirname(createRequire(import.meta.url).resolve('echarts/package.json'));

mkdirSync(join(built, 'echarts'), { recursive: true });
copyFileSync(join(pages, 'pages.css'), join(built, 'pages.css'));
copyFileSync(join(echarts, 'dist/echarts.esm.min.mjs'), join(built, 'echarts/echarts.js'));
// Its licence asks that they go wherever it goes.
for (const name of ['LICENSE', 'NOTICE'])
  copyFileSync(join(echarts, name), join(built, 'echarts', name));
