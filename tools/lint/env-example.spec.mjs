import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What the start hands to a service itself; an operator has nothing to say there. */
const HANDED_OVER = [
  'AUTH_HTTP_HOST',
  'AUTH_HTTP_PORT',
  'AUTH_HTTP_URL',
  'DAYBOOK_DEMO',
  'NATS_INBOX_PREFIX',
  'PORTAL_DIR',
];

const example = new Set(
  [...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^([A-Z][A-Z0-9_]+)=/gm)].map((found) => found[1]),
);

for (const app of ['gateway', 'auth-svc', 'calendar-svc', 'admin-svc', 'sandbox']) {
  test(`.env.example lists every setting of ${app}`, () => {
    assert.ok(readdirSync(join(root, 'apps', app, 'src')).includes('config.ts'));
    const config = readFileSync(join(root, 'apps', app, 'src', 'config.ts'), 'utf8');
    const read = [...config.matchAll(/^\s+([A-Z][A-Z0-9_]+):/gm)].map((found) => found[1]);
    assert.ok(read.length > 3);
    const missing = read.filter((name) => !example.has(name) && !HANDED_OVER.includes(name));
    assert.deepEqual(missing, []);
  });
}
