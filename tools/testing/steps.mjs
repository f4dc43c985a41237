/** The steps of `npm test`: what each runs and how its result is read. Every one is also a command a developer can run. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from '../stack/paths.mjs';
import { jestResult, nodeTestResult, singleResult } from './results.mjs';
import { runStep } from './run-step.mjs';

const bin = (...path) => join(root, 'node_modules', ...path);
const node = (script, args) => ({ command: process.execPath, args: [script, ...args] });

/** Folders under apps and libs that hold a file of this name; built and installed ones are not looked at. */
async function projectsWith(fileName) {
  const found = [];
  const look = async (folder) => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isFile() && entry.name === fileName) found.push(relative(root, folder));
      const skipped = ['node_modules', 'dist', 'src', 'fixtures'].includes(entry.name);
      if (entry.isDirectory() && !skipped) await look(join(folder, entry.name));
    }
  };
  for (const top of ['apps', 'libs']) await look(join(root, top));
  return found.sort();
}

async function specsUnder(folder) {
  const files = await readdir(join(root, folder), { recursive: true });
  return files.filter((file) => file.endsWith('.spec.mjs')).map((file) => join(folder, file));
}

/** The linter asks the project graph who may import whom; without a fresh one it would skip that rule in silence. */
const PROJECT_GRAPH = "require('@nx/devkit').createProjectGraphAsync().then(() => process.exit(0))";

function checks() {
  const env = { NX_DAEMON: 'false' };
  const graph = { command: process.execPath, args: ['-e', PROJECT_GRAPH] };
  return [
    {
      name: 'format',
      commands: [node(bin('prettier', 'bin', 'prettier.cjs'), ['--check', '.', '--log-level', 'warn'])],
      read: singleResult,
    },
    {
      name: 'lint',
      env,
      commands: [graph, node(bin('eslint', 'bin', 'eslint.js'), ['.', '--max-warnings', '0'])],
      read: singleResult,
    },
    {
      name: 'types',
      commands: [
        node(bin('typescript', 'bin', 'tsc'), ['-p', 'tools/testing/tsconfig.workspace.json', '--pretty', 'false']),
      ],
      read: singleResult,
    },
    {
      name: 'types of the portal',
      commands: [
        node(bin('typescript', 'bin', 'tsc'), ['-p', 'apps/portal/tsconfig.json', '--noEmit', '--pretty', 'false']),
      ],
      read: singleResult,
    },
  ];
}

/**
 * @param {{ output: string, workers: number, serverEnv: Record<string, string>, systemEnv: Record<string, string> }} given
 *   `output`: a folder for result files; the environments are read when a step runs
 * @typedef {{ name: string, lane: 'plain' | 'stacks', needs?: 'servers' | 'chromium', run(): ReturnType<typeof runStep> }} TestStep
 *   lanes run beside each other, the steps of one in this order: those of `stacks` take what is built and start whole stacks
 * @returns {Promise<TestStep[]>}
 */
export async function testSteps({ output, workers, serverEnv, systemEnv }) {
  await mkdir(output, { recursive: true });
  const jest = bin('jest', 'bin', 'jest.js');
  const json = (name) => join(output, `${name}.json`);
  const jestFlags = (name) => ['--json', '--outputFile', json(name), '--passWithNoTests', '--forceExit'];
  const jestProjects = (await projectsWith('jest.config.cjs')).filter(
    (folder) => folder !== join('apps', 'system-e2e'),
  );
  const toolSpecs = await specsUnder('tools');
  const browserSpecs = await specsUnder(join('apps', 'portal', 'browser'));
  const read = (name, parse) => async (outcome) => parse(outcome, await readFile(json(name), 'utf8').catch(() => ''));

  // Node by itself runs one file at a time where there are two cores; these wait more than they compute.
  const nodeTests = (files) => ({
    command: process.execPath,
    args: ['--test', '--test-reporter=tap', `--test-concurrency=${workers}`, ...files],
  });

  const tests = [
    {
      name: 'tools',
      commands: [nodeTests(toolSpecs)],
      read: nodeTestResult,
    },
    {
      name: 'unit and integration',
      needs: 'servers',
      env: serverEnv,
      commands: [node(jest, ['--projects', ...jestProjects, `--maxWorkers=${workers}`, ...jestFlags('jest')])],
      read: read('jest', jestResult),
    },
    {
      name: 'portal',
      commands: [
        node(bin('vitest', 'vitest.mjs'), [
          ...['run', '-c', 'apps/portal/vite.config.mjs', '--passWithNoTests'],
          ...['--reporter=json', '--outputFile', json('vitest')],
        ]),
      ],
      read: read('vitest', jestResult),
    },
  ];
  const system = {
    name: 'system',
    env: systemEnv,
    commands: [node(jest, ['-c', 'apps/system-e2e/jest.config.cjs', '--runInBand', ...jestFlags('system')])],
    read: read('system', jestResult),
  };
  const browser = {
    name: 'browser',
    needs: 'chromium',
    env: systemEnv,
    commands: [nodeTests(browserSpecs)],
    read: nodeTestResult,
  };
  const known = [
    ...[...checks(), ...tests].map((step) => ({ ...step, lane: 'plain' })),
    ...(existsSync(join(root, 'apps', 'system-e2e')) ? [{ ...system, lane: 'stacks' }] : []),
    { ...browser, lane: 'stacks' },
  ];
  return known.map((step) => ({ ...step, run: () => runStep(step) }));
}
