/** How soon a change at the provider is in a client's hands: from the provider's answer to the changed meeting read by cursor. */
import { median } from '../measure/pairs.mjs';
import { startStack } from '../stack/index.mjs';
import { inTemporaryHome, ownStackEnv } from './parts/bench-home.mjs';
import { createMailbox } from './parts/mailbox.mjs';
import { connectUpToCallback, testKit } from './parts/stack-person.mjs';

const EVENTS = 2_000;
const ROUNDS = 30;
const LIMIT_MS = 2_000;

async function readJson(url, accessToken) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

/** As the portal does: a hint on the stream, then the changes since the cursor it holds. */
async function changeAndRead({ person, stream, mailbox, eventId, title, since }) {
  await mailbox.rename(eventId, title);
  const changed = performance.now();
  let cursor = since;
  for (let asked = changed - 1_000; ;) {
    const hint = await stream.next('meetings.changed', asked, 30_000);
    asked = hint.at + 0.001;
    const page = await readJson(`${person.gateway}/v1/meetings/changes?since=${cursor}`, person.accessToken);
    cursor = page.next;
    if (page.items.some(({ meeting }) => meeting?.title === title)) return { ms: performance.now() - changed, cursor };
  }
}

async function measureChanges(stack) {
  const kit = await testKit();
  const person = await kit.Person.signIn(stack.addresses.gateway, 'ada@example.com');
  const mailbox = await createMailbox(stack.addresses, 'live@example.com', { near: EVENTS });
  const { id, token } = await connectUpToCallback(kit, person, mailbox.email);
  await token();
  await person.until(id, 'active', 120_000);
  const stream = await kit.LiveStream.open(person);
  const eventId = await mailbox.someEvent();
  let page = { next: null, more: true };
  while (page.more) {
    const since = page.next ? `&since=${page.next}` : '';
    page = await readJson(`${person.gateway}/v1/meetings/changes?limit=500${since}`, person.accessToken);
  }
  let since = page.next;
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { ms, cursor } = await changeAndRead({ person, stream, mailbox, eventId, title: `Round ${round}`, since });
    since = cursor;
    times.push(ms);
  }
  stream.close();
  return times;
}

export const bench = {
  name: 'live',
  summary: 'a change at the provider until a client has read it, by push, stream and cursor',
  run: ({ env }) =>
    inTemporaryHome(async (home) => {
      const own = ownStackEnv(env, { RATE_PERSON_PER_MINUTE: '10000000' });
      const stack = await startStack({ home, env: own, ports: { gateway: 0, control: 0, google: 0 }, quiet: true });
      try {
        const times = await measureChanges(stack);
        const slowest = Math.max(...times);
        return [
          {
            measure: `one of ${EVENTS.toLocaleString('en')} events changed at the provider`,
            ms: Math.round(median(times)),
            spread: [Math.round(Math.min(...times)), Math.round(slowest)],
            changes: ROUNDS,
            limit: `${LIMIT_MS} ms, also the slowest`,
            within: slowest <= LIMIT_MS,
          },
        ];
      } finally {
        await stack.stop();
      }
    }),
};
