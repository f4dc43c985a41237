import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADA, CALENDAR_SCOPE, TestSimulator, timed } from '../testing/start-simulator';

describe('a restart', () => {
  let folder: string;
  let journalFile: string;
  const open: TestSimulator[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    journalFile = join(folder, 'google.journal');
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close().catch(() => undefined);
    rmSync(folder, { recursive: true });
  });

  const stop = async (): Promise<void> => {
    await open.pop()?.close();
  };
  const subject = async (): Promise<TestSimulator> => {
    const started = await TestSimulator.start({ journalFile });
    open.push(started);
    return started;
  };

  it('keeps events, tokens of all kinds, the ledger and ids taken', async () => {
    const first = await subject();
    await first.insert(
      { id: 'series', ...timed('Weekly', '2026-11-23'), recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] },
      { sendUpdates: 'all' },
    );
    await first.call('DELETE', 'calendars/primary/events/series_20261130T080000Z');
    const { body } = await first.list();
    const { refreshToken } = first.control.issueGrant(ADA, CALENDAR_SCOPE);
    await first.insert({ id: 'after', ...timed('After', '2026-12-01') });
    const before = first.control.events(ADA);
    await stop();

    const second = await subject();
    expect(second.control.events(ADA)).toEqual(before);
    const delta = await second.call(
      'GET',
      `calendars/primary/events?syncToken=${encodeURIComponent(body.nextSyncToken ?? '')}`,
      { token: first.token },
    );
    expect(delta.body.items?.map(({ id }) => id)).toEqual(['after']);
    const refreshed = await fetch(`${second.running.baseUrl}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: 'daybook-local',
        client_secret: 'daybook-local-secret',
      }),
    });
    expect(refreshed.status).toBe(200);
    expect(second.control.ledger(ADA).writes).toHaveLength(3);
    await stop();
  });

  it('drops a torn last line and nothing else', async () => {
    const first = await subject();
    await first.insert({ id: 'hole1', ...timed('Whole', '2026-12-01') });
    await stop();
    appendFileSync(journalFile, '["event","ada@example.com",{"slot":1,"vers');
    const second = await subject();
    expect(second.control.events(ADA).map(({ id }) => id)).toEqual(['hole1']);
    await second.insert({ id: 'later', ...timed('Later', '2026-12-01') });
    await stop();
    const third = await subject();
    expect(third.control.events(ADA).map(({ id }) => id)).toEqual(['hole1', 'later']);
    await stop();
  });

  it('keeps the file in proportion to what it holds', async () => {
    const first = await subject();
    await first.insert({ id: 'often', ...timed('Often', '2026-12-01') });
    for (let turn = 0; turn < 200; turn += 1) first.control.updateEvent(ADA, 'often', { summary: `Turn ${turn}` });
    await stop();
    const long = readFileSync(journalFile, 'utf8').split('\n').length;
    const second = await subject();
    expect(second.control.event(ADA, 'often')?.summary).toBe('Turn 199');
    await stop();
    expect(readFileSync(journalFile, 'utf8').split('\n').length).toBeLessThan(long);
  });

  it('starts anew from a file it cannot read at all', async () => {
    writeFileSync(journalFile, '\u0000\u0000garbage\n');
    const first = await subject();
    expect(first.control.mailboxes().length).toBe(2);
    await stop();
  });
});
