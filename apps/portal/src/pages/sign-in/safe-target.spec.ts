import { expect, it } from 'vitest';
import { safeTarget } from './safe-target';

it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', null])(
  'does not leave the portal for %s',
  (wanted) => expect(safeTarget(wanted)).toBe('/meetings'),
);

it('goes back to the page that asked to sign in', () => {
  expect(safeTarget('/profile/integration?result=connected')).toBe('/profile/integration?result=connected');
});
