import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rows = readFileSync(join(root, 'docs/requirements.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [CMPAE]\d+ /.test(line));

test('there are requirements to prove', () => {
  assert.ok(rows.length >= 20);
});

for (const row of rows) {
  const [, id, , proofs] = row.split('|').map((cell) => cell.trim());
  test(`${id} is proven by tests that exist`, () => {
    const named = [...proofs.matchAll(/`([^`]+)` › (.+?)(?=<br>|$)/g)];
    assert.ok(named.length > 0, `${id} names no test`);
    for (const [, file, title] of named) {
      assert.ok(existsSync(join(root, file)), `${file} does not exist`);
      const text = readFileSync(join(root, file), 'utf8');
      assert.ok(text.includes(title.trim()), `${file} has no test called “${title.trim()}”`);
    }
  });
}
