import assert from 'node:assert/strict';
import { openContext, watchComplaints } from './chrome.mjs';
import { startFixtureGateway } from './fixture-gateway.mjs';

/**
 * Runs `run` on a fresh page with fixtures of its own behind it; nothing the page complains about is let pass.
 * @param {{ look?: object, change?: (world: object) => void, expected?: RegExp }} given `expected`: complaints that belong
 */
export async function withPage(browser, run, { look = {}, change = () => {}, expected } = {}) {
  const gateway = await startFixtureGateway();
  change(gateway.world);
  const context = await openContext(browser, look);
  const page = await context.newPage();
  const complaints = watchComplaints(page, expected);
  try {
    await run(page, gateway);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
    await gateway.stop();
  }
}
