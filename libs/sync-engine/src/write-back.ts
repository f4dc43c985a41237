import {
  asProviderError,
  type CalendarWrites,
  type MeetingDraft,
  ProviderError,
  type RemoteMeeting,
  type WriteTarget,
} from '@daybook/provider-port';
import { backOffMs } from './back-off';
import { differingFields, draftOfItem } from './merge-meeting';
import { reactionToWrite } from './reaction-to-write-error';
import type { SettleHow, WaitingWrite, WriteQueue, WriteRefusal } from './write-queue';

/*
 * Writes what waits in the queue of one connection, under its lease. What a request may have done is never guessed: where one
 * went out without an answer, or somebody was faster, the item is looked up and merged before anything is sent again. Each
 * write is taken from the queue anew for every request, so that an edit made meanwhile is part of it. Limits: nothing here
 * sleeps or keeps a timer; faults of the whole connection are thrown as ProviderError for the caller's `reactionTo`, and the
 * write stays in the queue as it is.
 */

/** How often one item is taken up in a run: five times a request and the look after it. */
const MOST_ROUNDS = 10;
const MOST_ATTEMPTS = 3;
const SILENCES_OF_AN_OUTAGE = 2;
/** Somebody else changes the item all the time: as long as after this many failures. */
const OVERTAKEN_AS_FAILURES = 5;

export interface WriteRun {
  readonly writes: CalendarWrites;
  readonly queue: WriteQueue;
  /** Epoch milliseconds now. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** Asked before each write is taken up. */
  readonly stopped: () => boolean;
}

/** `again`: something is left of it, and nothing speaks against going on at once. */
type Round = 'over' | 'again';

/**
 * `done`: nothing is due any more. A write without an answer does not hold up the next one, which may go through; of two in a
 * row that is no longer likely. Throws ProviderError where the whole connection has to wait, and at the end where a write stayed
 * without an answer.
 */
export async function runWrites(run: WriteRun): Promise<'done' | 'stopped'> {
  const rounds = new Map<string, number>();
  const unanswered = new Map<string, ProviderError>();
  for (let silences = 0; ;) {
    if (run.stopped()) return 'stopped';
    const write = await run.queue.next(run.now(), new Set(unanswered.keys()));
    const [fault] = unanswered.values();
    if (fault && (!write || silences >= SILENCES_OF_AN_OUTAGE)) throw fault;
    if (!write) return 'done';
    const round = (rounds.get(write.id) ?? 0) + 1;
    const outcome = await carryOut(run, write);
    if (outcome instanceof ProviderError) {
      unanswered.set(write.id, outcome);
      silences += 1;
      continue;
    }
    silences = 0;
    if (outcome === 'again' && round >= MOST_ROUNDS) await postpone(run, write, OVERTAKEN_AS_FAILURES, write.attempts);
    rounds.set(write.id, outcome === 'again' ? round : 0);
  }
}

async function carryOut(run: WriteRun, write: WaitingWrite): Promise<Round | ProviderError> {
  try {
    return await STEPS[write.operation](run, write);
  } catch (error) {
    // The queue's own faults are not the provider's: they end the run.
    if (!(error instanceof ProviderError)) throw error;
    return isSilence(error) ? error : afterFault(run, write, error);
  }
}

/** Nothing is known of what it asked for, nor that anything else would fare the same. */
export function isSilence({ kind, retryAfterMs }: ProviderError): boolean {
  return kind === 'Unavailable' && retryAfterMs === null;
}

const STEPS = { create, update, remove } as const;

async function create(run: WriteRun, write: WaitingWrite): Promise<Round> {
  const { intended } = write;
  if (!intended) return refuse(run, write, 'cannot_be_written');
  if (write.sent !== null) {
    const made = await asked(run.writes.made(write));
    if (made) return settle(run, write, made, 'found');
  }
  if (write.attempts >= MOST_ATTEMPTS) return refuse(run, write, 'provider_fault');
  if ((await run.queue.sending(write, intended)) === 'overtaken') return 'again';
  const { calendarRemoteId, timeZone, key, marker, notify } = write;
  const item = await asked(run.writes.create({ calendarRemoteId, timeZone, key, marker, notify, draft: intended }));
  return settle(run, { ...write, sent: answeredOf(write.sent, intended, item) }, item, 'answered');
}

/** A look may miss what has only just been made; then the answer is what an earlier request asked for, not this one. */
function answeredOf(earlier: WaitingWrite['sent'], latest: MeetingDraft, item: RemoteMeeting): MeetingDraft {
  const theirs = draftOfItem(item);
  if (earlier === null || earlier === 'removal' || !theirs) return latest;
  return differingFields(theirs, earlier).length === 0 ? earlier : latest;
}

async function update(run: WriteRun, write: WaitingWrite): Promise<Round> {
  const { target, intended, agreed, sent } = write;
  if (!target || !intended) return refuse(run, write, 'cannot_be_written');
  let { version } = write;
  if (sent !== null || version === null || agreed === null) {
    const item = await read(run, write, target);
    if (!item) return gone(run, write);
    if (sent !== null || agreed === null || differsFrom(agreed, item)) return settle(run, write, item, 'found');
    version = item.version;
  }
  const fields = differingFields(intended, agreed);
  if (fields.length === 0) {
    await run.queue.through(write);
    return 'over';
  }
  if ((await run.queue.sending(write, intended)) === 'overtaken') return 'again';
  const { calendarRemoteId, timeZone, notify } = write;
  const request = { calendarRemoteId, timeZone, target, ifVersion: version, draft: intended, fields, notify };
  return settle(run, { ...write, sent: intended }, await asked(run.writes.update(request)), 'answered');
}

function differsFrom(agreed: MeetingDraft, item: RemoteMeeting): boolean {
  const theirs = draftOfItem(item);
  return theirs === null || differingFields(theirs, agreed).length > 0;
}

/** A person asked for it, so it wins over whatever changed meanwhile; still it is for a version somebody has looked at. */
async function remove(run: WriteRun, write: WaitingWrite): Promise<Round> {
  let { target, version } = write;
  if (write.sent !== null) {
    const item = target ? await read(run, write, target) : await asked(run.writes.made(write));
    if (!item || item.kind === 'cancelled') return gone(run, write);
    target ??= { type: 'item', remoteId: item.remoteId };
    version = item.version;
  }
  if (!target) return gone(run, write);
  if ((await run.queue.sending(write, 'removal')) === 'overtaken') return 'again';
  const { calendarRemoteId, timeZone, notify } = write;
  await asked(run.writes.remove({ calendarRemoteId, timeZone, target, ifVersion: version, notify }));
  return gone(run, write);
}

async function afterFault(run: WriteRun, write: WaitingWrite, fault: ProviderError): Promise<Round> {
  const reaction = reactionToWrite(fault, write.operation);
  switch (reaction.action) {
    case 'wait':
      throw fault;
    case 'refuse':
      return refuse(run, write, reaction.why);
    case 'gone':
      return gone(run, write);
    case 'lookAgain':
      // What went out is noted, so the next round begins with the look.
      return 'again';
    case 'tryAgain': {
      const attempts = write.attempts + 1;
      if (attempts >= MOST_ATTEMPTS) return giveUp(run, write, attempts);
      await postpone(run, write, attempts, attempts);
      return 'over';
    }
  }
}

/** What nobody can explain may have been done all the same: what was to be made is looked for once more before it is undone. */
async function giveUp(run: WriteRun, write: WaitingWrite, attempts: number): Promise<Round> {
  if (write.operation !== 'create' || attempts > MOST_ATTEMPTS) return refuse(run, write, 'provider_fault');
  await run.queue.postpone(write, run.now(), attempts);
  return 'again';
}

async function settle(run: WriteRun, write: WaitingWrite, item: RemoteMeeting, how: SettleHow): Promise<Round> {
  if (item.kind === 'cancelled') return gone(run, write);
  return (await run.queue.settle(write, item, how)) === 'left' ? 'again' : 'over';
}

async function gone({ queue }: WriteRun, write: WaitingWrite): Promise<Round> {
  await queue.gone(write);
  return 'over';
}

async function refuse({ queue }: WriteRun, write: WaitingWrite, why: WriteRefusal): Promise<Round> {
  await queue.refuse(write, why);
  return 'over';
}

async function postpone(run: WriteRun, write: WaitingWrite, failures: number, attempts: number): Promise<void> {
  await run.queue.postpone(write, run.now() + backOffMs(failures, run.random), attempts);
}

async function read(run: WriteRun, write: WaitingWrite, target: WriteTarget): Promise<RemoteMeeting | null> {
  const { calendarRemoteId, timeZone } = write;
  const item = await asked(run.writes.read({ calendarRemoteId, timeZone, target }));
  return item?.kind === 'cancelled' ? null : item;
}

/** What fails on the way to the provider is the provider's fault, whatever an adapter throws. */
async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw asProviderError(error);
  }
}
