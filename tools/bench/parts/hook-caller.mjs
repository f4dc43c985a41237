/**
 * A provider that calls at a steady rate, in a process of its own. Every second call is for the next of all channels, the others
 * are a burst for one calendar, another one each second. A call's time counts from when it was due: a caller that is held up
 * by slow answers does not make them look faster.
 */
import { Agent, request } from 'node:http';
import { carryOutOrders } from './child.mjs';
import { percentiles } from './percentiles.mjs';

const TICK_MS = 5;
const LONGEST_MS = 30_000;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** One call as Google makes it. @returns {Promise<number>} the status; 0: no answer */
const post = (url, { channelId, resourceId, token }, number) =>
  new Promise((resolve) => {
    const headers = {
      'X-Goog-Channel-ID': channelId,
      'X-Goog-Channel-Token': token,
      'X-Goog-Message-Number': String(number),
      'X-Goog-Resource-ID': resourceId,
      'X-Goog-Resource-State': 'exists',
      'Content-Length': '0',
    };
    const sent = request(url, { method: 'POST', agent, headers, timeout: LONGEST_MS }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
    });
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => resolve(0));
    sent.end();
  });

const chosen = (number, perSecond, channels) =>
  number % 2 === 0 ? (number / 2) % channels.length : Math.floor(number / perSecond) % channels.length;

/** @returns what was answered: times, statuses, and successes by channel */
async function call({ url, channels, perSecond, seconds }) {
  const total = perSecond * seconds;
  const times = [];
  const statuses = {};
  const accepted = channels.map(() => 0);
  const calls = [];
  const started = performance.now();

  const one = async (number) => {
    const due = started + (number * 1_000) / perSecond;
    const index = chosen(number, perSecond, channels);
    const status = await post(url, channels[index], number);
    times.push(performance.now() - due);
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status >= 200 && status < 300) accepted[index] += 1;
  };
  while (calls.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - started) * perSecond) / 1_000) + 1);
    while (calls.length < due) calls.push(one(calls.length));
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  const sentInMs = Math.round(performance.now() - started);
  await Promise.all(calls);
  return { ...percentiles(times), sent: total, sentInMs, statuses, accepted };
}

/** One call alone. */
const single = async ({ url, channel }) => ({ status: await post(url, channel, 1) });

carryOutOrders(({ type, ...order }) => ({ call, single })[type](order));
