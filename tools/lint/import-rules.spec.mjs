// Plants breaches of the import rules and shows that the linter names each by the right rule. Nothing is written to disk: the
// linter is given a text and the place where it would lie.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { root } from '../stack/paths.mjs';

const BOUNDARIES = '@nx/enforce-module-boundaries';

describe('the import rules', () => {
  let eslint;

  before(
    async () => {
      process.env.NX_DAEMON = 'false';
      const { default: devkit } = await import('@nx/devkit');
      // Without a fresh graph the rule about projects would say nothing.
      await devkit.createProjectGraphAsync();
      const { ESLint } = await import('eslint');
      eslint = new ESLint({ cwd: root });
    },
    { timeout: 120_000 },
  );

  const rulesBroken = async (place, text) => {
    const [{ messages }] = await eslint.lintText(text, { filePath: join(root, place) });
    return messages.map(({ ruleId }) => ruleId);
  };
  const use = (name) => `import { it } from '${name}';\nexport const used = it;\n`;

  const breaches = [
    ['a pure rule that knows the database', 'libs/domain/src/planted.ts', use('mongoose')],
    ['a pure rule that knows the platform', 'libs/domain/src/planted.ts', use('@daybook/platform/mongo')],
    ['the engine that knows a provider', 'libs/sync-engine/src/planted.ts', use('@daybook/providers/google')],
    ['a provider that knows the framework', 'libs/providers/google/src/planted.ts', use('@nestjs/common')],
    ['the catalog in a provider', 'libs/providers/google/src/planted.ts', use('@daybook/providers/catalog')],
    [
      'a simulator that knows its adapter',
      'libs/providers/google/simulator/src/planted.ts',
      use('@daybook/providers/google'),
    ],
    ['a service that goes past the catalog', 'apps/calendar-svc/src/planted.ts', use('@daybook/providers/google')],
    ['the gateway that knows the database', 'apps/gateway/src/planted.ts', use('mongoose')],
    ['the gateway that knows a provider', 'apps/gateway/src/planted.ts', use('@daybook/providers/catalog')],
    ['the portal that knows a pure rule', 'apps/portal/src/planted.ts', use('@daybook/domain')],
    ['contracts that know more than schemas', 'libs/contracts/src/planted.ts', use('nats')],
    [
      'a service that reaches into a lib',
      'apps/calendar-svc/src/planted.ts',
      use('../../../libs/domain/src/time/civil'),
    ],
  ];
  for (const [what, place, text] of breaches) {
    it(`stop ${what}`, async () => assert.ok((await rulesBroken(place, text)).includes(BOUNDARIES)));
  }

  const fakes = use('@daybook/testing/fakes');
  it('keep fakes and simulators out of what ships', async () => {
    const simulator = use('@daybook/providers/google-simulator');
    for (const [place, text] of [
      ['apps/calendar-svc/src/planted.ts', fakes],
      ['apps/calendar-svc/src/planted.ts', use('@daybook/sync-engine/testing')],
      ['apps/gateway/src/planted.ts', fakes],
      ['libs/sync-engine/src/planted.ts', fakes],
      ['libs/providers/google/src/planted.ts', simulator],
    ]) {
      assert.ok((await rulesBroken(place, text)).includes('no-restricted-imports'), place);
    }
  });

  it('let tests have them', async () => {
    assert.deepEqual(await rulesBroken('apps/calendar-svc/src/planted.spec.ts', fakes), []);
    assert.deepEqual(await rulesBroken('apps/calendar-svc/src/testing/planted.ts', fakes), []);
  });

  it('stop a service that asks which provider it is', async () => {
    const branch = "export const f = (key: string) => (key === 'google' ? 1 : 2);\n";
    assert.deepEqual(await rulesBroken('apps/calendar-svc/src/planted.ts', branch), ['no-restricted-syntax']);
    const choice =
      "export function f(key: string) {\n  switch (key) {\n    case 'office365':\n      return 1;\n  }\n  return 2;\n}\n";
    assert.deepEqual(await rulesBroken('libs/domain/src/planted.ts', choice), ['no-restricted-syntax']);
  });

  it('stop a lib that reads the environment', async () => {
    const text = 'export const home = process.env.HOME;\n';
    assert.ok((await rulesBroken('libs/providers/google/src/planted.ts', text)).includes('no-restricted-properties'));
  });

  it('stop files that import each other', async () => {
    // civil.ts imported by the index, the index by civil.ts.
    const text = "export { readIcs } from '../index';\n";
    assert.ok((await rulesBroken('libs/domain/src/ics/read-ics.ts', text)).includes('daybook/no-file-cycle'));
  });

  it('have nothing against a file that keeps to them', async () => {
    const text = "import { readIcs } from '@daybook/domain';\nexport const read = readIcs;\n";
    assert.deepEqual(await rulesBroken('apps/calendar-svc/src/planted.ts', text), []);
  });
});
