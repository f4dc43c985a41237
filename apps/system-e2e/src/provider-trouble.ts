import { eventually, faultsOfEvents, readEvents, type SimulatedMailbox, type Stack } from '@daybook/testing/stack';
import { OVER_MS, rowsOf, type Sides, untilSidesAgree } from './shown-to';

/** A mailbox in which something happens while its provider, or a service of ours, is in trouble. */
export interface Troubled extends Sides {
  readonly mailbox: SimulatedMailbox;
  /** Puts an hour with this title into it, so many days after the coming Monday. */
  readonly insert: (title: string, days: number) => Promise<unknown>;
}

/** The provider fails twice in this way while something is put in, then goes on: both sides are the same during it and after it. */
export async function goesOnAfter(kind: string, troubled: Troubled): Promise<void> {
  const { person, mailbox, insert } = troubled;
  await mailbox.addFault(kind, { times: 2, ms: 1000 });
  // It may fail for this client, too.
  await insert(`During ${kind}`, 10).catch(() => null);
  await untilSidesAgree(troubled);
  await mailbox.clearFaults();
  await insert(`After ${kind}`, 11);
  await eventually(async () => expect(await rowsOf(person, `After ${kind}`)).toHaveLength(1), { timeoutMs: OVER_MS });
  await untilSidesAgree(troubled);
}

/** calendar-svc dies while something is put in: both sides are the same after it, and each event came once and in order. */
export async function survivesDeathOfCalendarSvc(
  troubled: Troubled,
  { stack, connectionId }: { readonly stack: Stack; readonly connectionId: string },
): Promise<void> {
  const work = troubled.insert('In between', 12);
  await stack.kill('calendar-svc');
  await work;
  await stack.ready();
  await untilSidesAgree(troubled);
  const events = (await readEvents(stack.eventsReader, troubled.person.id)).filter(
    ({ body }) => body.data.connectionId === connectionId,
  );
  expect(faultsOfEvents(events)).toEqual([]);
}
