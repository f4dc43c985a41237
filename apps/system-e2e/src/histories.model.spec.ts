import fc from 'fast-check';
import { eventually, Stack } from '@daybook/testing/stack';
import { addPeople, closeHistory, openHistory, signInPeople } from './model-people';
import type { PersonHistory } from './model-history';
import { waves, type Step, type Wave } from './model-steps';
import { faultsOf } from './model-verdict';

/*
 * Both sides change the same meetings while the whole product runs: people through the gateway, others at their provider, a third of
 * them at each. Answers are lost, cursors expire, somebody else is faster, calendar-svc is killed. After quiet both sides are equal, and what was
 * accepted is in effect exactly once or told of as refused or overridden.
 *
 * FC_SEED takes other histories, MODEL_RUNS more of them. What fails is told with seed and path; as a wave costs half a minute,
 * fast-check makes it smaller only where MODEL_SHRINK is set.
 */
const PEOPLE = 20;
const SEED = Number(process.env['FC_SEED'] ?? 1);
const WAVES = Math.ceil(Number(process.env['MODEL_RUNS'] ?? PEOPLE) / PEOPLE);
/** A lease of a dead process runs out after 15 s; pauses after failures of the provider come to half a minute. */
const QUIET_MS = 120_000;
const shrinks = process.env['MODEL_SHRINK'] !== undefined;

jest.setTimeout(WAVES * (shrinks ? 100 : 1) * 2 * QUIET_MS);

describe('after quiet, what both sides did on the whole stack', () => {
  let stack: Stack;
  let takeAway: () => Promise<void>;

  beforeAll(async () => {
    stack = await Stack.shared();
    takeAway = await addPeople(stack, PEOPLE);
  });
  afterAll(() => takeAway());

  it(`is equal, and in effect once or said not to be (${WAVES * PEOPLE} histories, seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(waves(PEOPLE), (wave) => livedThrough(stack, wave)),
      { seed: SEED, numRuns: WAVES, endOnFailure: !shrinks },
    );
  });
});

async function livedThrough(stack: Stack, wave: Wave): Promise<void> {
  const signedIn = await signInPeople(stack, wave.histories.length);
  const people = await Promise.all(signedIn.map((person, index) => openHistory(stack, person, index + 1)));
  try {
    let steps = 0;
    const takeAll = async (history: PersonHistory, all: readonly Step[] = []): Promise<void> => {
      for (const step of all) {
        await history.take(step);
        steps += 1;
        if (steps === wave.killAfter) await stack.kill('calendar-svc');
      }
    };
    await Promise.all(people.map((history, number) => takeAll(history, wave.histories[number])));
    await stack.ready();
    await people[0]?.there.mailbox.clearFaults();
    await Promise.all(people.map((history) => history.hint()));
    const found = await Promise.all(people.map((history, number) => whatIsWrong(history, wave.histories[number])));
    const faults = found.filter((text) => text !== '');
    if (faults.length > 0) throw new Error(faults.join('\n\n'));
  } finally {
    await Promise.all(people.map(closeHistory));
  }
}

/** What is wrong in the end, with the history it comes from; empty where nothing is. */
async function whatIsWrong(history: PersonHistory, steps: readonly Step[] = []): Promise<string> {
  const { person, there, owed } = history;
  const once = async () => {
    const faults = await faultsOf({ person, there, owed });
    if (faults.length > 0) throw new Error(`${person.email}: ${fc.stringify(steps)}\n${faults.join('\n')}`);
    return '';
  };
  return eventually(once, { timeoutMs: QUIET_MS, everyMs: 1_000 }).catch(String);
}
