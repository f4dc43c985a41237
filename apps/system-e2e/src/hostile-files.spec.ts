import {
  eventually,
  ourSide,
  Person,
  providersSide,
  Stack,
  type ProcessName,
  type Simulator,
} from '@daybook/testing/stack';
import { connectMailbox, deleteConnections, newMailbox } from './connected-person';
import { brokenFiles, calendarOf, eventOf, hostileFiles } from './hostile-calendars';
import { peakMegabytes } from './peak-memory';

const SERVICES: readonly ProcessName[] = ['sandbox', 'calendar-svc', 'auth-svc', 'gateway'];
/** Of calendar-svc while it takes in what such a file becomes; what the simulators hold is bounded by importing.spec.ts. */
const MOST_MEGABYTES = 400;

describe('hostile calendar files', () => {
  let stack: Stack;
  let cleo: Person;
  let mailbox: Simulator;
  /** None of them may die of a file. */
  let pids: (number | null)[];
  const pidsNow = () => SERVICES.map((name) => stack.pid(name));

  beforeAll(async () => {
    stack = await Stack.shared();
    cleo = await Person.signIn(stack.addresses.gateway, 'cleo@example.com');
    mailbox = await newMailbox(stack, 'files');
    await connectMailbox(cleo, mailbox);
    await stack.ready();
    pids = pidsNow();
  });
  afterEach(async () => {
    await stack.ready();
    expect(pidsNow()).toEqual(pids);
  });
  afterAll(() => deleteConnections(cleo));

  it.each(hostileFiles)('loads what is beside $what, and stays there for everybody', async (file) => {
    const beside = `beside ${file.what}`;
    const body = calendarOf([...file.lines, ...eventOf(beside)]);
    const peak = await peakMegabytes(stack.pid('calendar-svc') ?? 0, async () => {
      const { imported, unreadable } = await mailbox.importIcs(body);
      expect(imported).toBe(file.imported + 1);
      if (file.unreadable === null) expect(unreadable).toEqual([]);
      else expect(unreadable[0]?.reason).toMatch(file.unreadable);
      await eventually(async () => {
        const [ours, theirs] = [await ourSide(cleo), await providersSide(mailbox)];
        expect(ours.filter((line) => line.endsWith(beside))).toHaveLength(1);
        expect(ours).toEqual(theirs);
      });
    });
    expect(peak).toBeLessThan(MOST_MEGABYTES);
    expect((await ourSide(cleo)).filter((line) => line.endsWith(' hostile'))).toEqual([]);
  });

  it.each(brokenFiles)('says why %s is no calendar, and changes nothing', async (_, body, reason) => {
    const before = { ours: await ourSide(cleo), served: (await mailbox.ledger()).served };
    const receipt = await mailbox.importIcs(body);
    expect(receipt.imported).toBe(0);
    expect(receipt.unreadable.length).toBeLessThanOrEqual(1_001);
    expect(receipt.unreadable.map((one) => one.reason).join()).toMatch(reason);
    expect({ ours: await ourSide(cleo), served: (await mailbox.ledger()).served }).toEqual(before);
  });

  it('shows a daily series without end with 1,500 left out as far as anybody looks', async () => {
    const days = Array.from({ length: 1_500 }, (_, day) => new Date(Date.UTC(2000, 0, 1 + day)).toISOString());
    const left = days.map((day) => `EXDATE;TZID=Europe/Berlin:${day.slice(0, 10).replaceAll('-', '')}T090000`);
    const series = eventOf('Daily', 'DTSTART;TZID=Europe/Berlin:20000101T090000', 'RRULE:FREQ=DAILY', ...left);
    expect(await mailbox.importIcs(calendarOf(series))).toEqual({ imported: 1, unreadable: [] });
    await eventually(async () => {
      const ours = await ourSide(cleo);
      expect(ours.filter((line) => line.endsWith('Daily')).length).toBeGreaterThan(300);
      expect(ours).toEqual(await providersSide(mailbox));
    });
  });
});
