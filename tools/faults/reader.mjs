/** Somebody who reads all the time, and notes the longest time in which no answer came. */
import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 200;
// Access tokens live for a quarter of an hour.
const SIGN_IN_AGAIN_MS = 10 * 60_000;

/** @returns {{ longestMs(): number, stop(): Promise<void> }} */
export function startReader({ signIn }) {
  let going = true;
  let longest = 0;
  let lastAnswer = performance.now();

  const work = async () => {
    let person = await signIn();
    let signedIn = performance.now();
    while (going) {
      try {
        if (performance.now() - signedIn > SIGN_IN_AGAIN_MS) {
          person = await signIn();
          signedIn = performance.now();
        }
        const { status } = await person.call('/v1/meetings?limit=1', { timeoutMs: 5_000 });
        if (status === 200) {
          longest = Math.max(longest, performance.now() - lastAnswer);
          lastAnswer = performance.now();
        }
      } catch {
        // No answer: the time goes on.
      }
      await sleep(EVERY_MS);
    }
  };
  const done = work();
  return {
    longestMs: () => longest,
    stop: async () => {
      going = false;
      await done;
      // The wait for an answer that has not come yet counts until here, and no longer.
      longest = Math.max(longest, performance.now() - lastAnswer);
    },
  };
}
