/**
 * Bundles of the Node services: our own code in one file each, packages stay in node_modules. Rolldown because it emits the
 * decorator metadata that dependency injection reads. It does not check types: the `typecheck` targets do.
 *
 * `npx rolldown -c` builds all of them, `rolldown -c --environment APP:gateway` one; `npm start` builds what has changed.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const inRoot = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Every app that runs as a Node process, in the order in which they are listed to people. */
export const services = ['sandbox', 'admin-svc', 'auth-svc', 'calendar-svc', 'gateway'];

const { paths } = JSON.parse(readFileSync(inRoot('./tsconfig.base.json'), 'utf8')).compilerOptions;
const alias = Object.fromEntries(Object.entries(paths).map(([name, [target]]) => [name, inRoot(target)]));

/** Ours is bundled, and the runtime the compiler itself puts in; any other bare name is a package. */
const isPackage = (id) => /^[^./]/.test(id) && !/^@daybook\/|^@oxc-project\/|^[A-Za-z]:[\\/]/.test(id);

/** @param {string} name an app's folder name */
export function serviceBundle(name) {
  return {
    input: inRoot(`./apps/${name}/src/main.ts`),
    platform: 'node',
    external: isPackage,
    resolve: { alias },
    tsconfig: inRoot('./tsconfig.base.json'),
    transform: { target: 'node20' },
    // Class names are what Nest and the logs call things by.
    output: {
      file: inRoot(`./dist/apps/${name}/main.cjs`),
      format: 'cjs',
      sourcemap: true,
      keepNames: true,
      codeSplitting: false,
    },
  };
}

const wanted = process.env.APP ? [process.env.APP] : services;
export default wanted.map(serviceBundle);
