import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

export default {
  input: join(here, 'measure-page-mapping.ts'),
  platform: 'node',
  tsconfig: join(here, '../../../../tsconfig.base.json'),
  output: { dir: join(here, 'dist'), entryFileNames: '[name].mjs', format: 'esm', codeSplitting: false },
};
