/**
 * Asks again and again until the answer is true.
 * @param {() => Promise<boolean>} probe an error counts as "not yet"
 * @param {{ timeoutMs: number, everyMs?: number, what: string }} options `what` names it in the error
 */
export async function waitFor(probe, { timeoutMs, everyMs = 50, what }) {
  const until = Date.now() + timeoutMs;
  let reason = '';
  for (;;) {
    try {
      if (await probe()) return;
    } catch (error) {
      reason = `: ${error.message}`;
    }
    if (Date.now() > until) throw new Error(`${what} was not ready within ${timeoutMs / 1000} s${reason}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
