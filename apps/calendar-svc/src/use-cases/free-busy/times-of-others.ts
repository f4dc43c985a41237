import { fail } from '@daybook/contracts';
import type { TimeWindow } from '@daybook/domain';
import type { Availability, Provider, WithheldBecause } from '@daybook/provider-port';
import type { ConnectionRecord } from '../../ports/records';
import type { Viewer } from '../viewer';
import { quietly } from '../quietly';
import { askConnection, type AskableConnection, type AskingSurroundings, type Told } from './ask-connection';

export interface OthersSurroundings extends AskingSurroundings {
  readonly providerFor: (connection: ConnectionRecord) => Provider | null;
  readonly limits: {
    /** For one connection, milliseconds. */
    readonly askMs: number;
    /** For all of them. */
    readonly wholeMs: number;
  };
}

/** What several connections say of one address: the first of these counts. */
const TELLING: readonly WithheldBecause[] = ['not_allowed', 'not_told', 'unknown_address'];

/**
 * When others are taken, by address: of each the first of the caller's connections counts whose provider knows.
 * @throws ProblemError `capability_not_available` where none of them can tell, `provider_unavailable` where none does now
 */
export async function timesOfOthers(
  viewer: Viewer,
  addresses: readonly string[],
  window: TimeWindow,
  around: OthersSurroundings,
): Promise<ReadonlyMap<string, Availability>> {
  const told = new Map<string, Availability>();
  const outcomes = new Set<Told['type']>();
  const endsAt = around.clock.now() + around.limits.wholeMs;
  for (const one of askable(viewer, around)) {
    const open = addresses.filter((address) => told.get(address)?.known !== true);
    if (open.length === 0) break;
    const timeLeft = Math.min(around.limits.askMs, endsAt - around.clock.now());
    const answer = await inTime(timeLeft, (signal) =>
      askConnection(one, { addresses: open, from: window.from, to: window.to, signal }, around),
    );
    outcomes.add(answer.type);
    if (answer.type === 'told') open.forEach((address, at) => note(told, address, answer.answers[at]));
  }
  if (outcomes.has('trouble')) return inDoubt(addresses, told, outcomes.has('told'));
  if (!outcomes.has('told')) throw fail('capability_not_available', 'None of your connections can tell that.');
  return told;
}

function askable(viewer: Viewer, { providerFor }: OthersSurroundings): readonly AskableConnection[] {
  return [...viewer.connections.values()]
    .filter(({ status, readable }) => status === 'live' && readable)
    .sort((one, other) => (one._id < other._id ? -1 : 1))
    .flatMap((connection) => {
      const availability = providerFor(connection)?.availability;
      return availability ? [{ connection, availability }] : [];
    });
}

function note(told: Map<string, Availability>, address: string, answer: Availability | undefined): void {
  const before = told.get(address);
  if (!answer || before?.known) return;
  if (before && !answer.known && rank(before.because) <= rank(answer.because)) return;
  told.set(address, answer);
}

const rank = (because: WithheldBecause): number => TELLING.indexOf(because);

/** Whom nobody knew may be known by the provider that did not answer. */
function inDoubt(
  addresses: readonly string[],
  told: Map<string, Availability>,
  isAnyTold: boolean,
): ReadonlyMap<string, Availability> {
  if (!isAnyTold) throw fail('provider_unavailable');
  for (const address of addresses) note(told, address, { known: false, because: 'not_told' });
  return told;
}

/** What is not there in time is trouble; what is under way then ends with its request. */
async function inTime(ms: number, ask: (signal: AbortSignal) => Promise<Told>): Promise<Told> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Told>((resolve) => {
    timer = setTimeout(() => resolve({ type: 'trouble' }), Math.max(0, ms));
  });
  try {
    return await Promise.race([quietly(ask(over.signal)), late]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}
