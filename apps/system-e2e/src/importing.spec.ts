import { httpCall, Stack, type Simulator } from '@daybook/testing/stack';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newMailbox } from './connected-person';
import { peakMegabytes } from './peak-memory';
import { runTool } from './tool';

/** As apps/sandbox/README.md and tools/import.mjs name it. */
const LIMIT = 128 * 1024 * 1024;
/** The largest order as bytes, as text and as the file in it, and what the simulators hold without it. */
const MOST_MEGABYTES = 1_000;

const HEAD = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\n';
const TAIL = 'END:VCALENDAR\r\n';
const event = (uid: string, summary: string): string =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART:20270105T090000Z\r\nSUMMARY:${summary}\r\nEND:VEVENT\r\n`;

describe('a calendar file given to the import command', () => {
  let stack: Stack;
  let mailbox: Simulator;
  let folder: string;

  beforeAll(async () => {
    stack = await Stack.shared();
    mailbox = await newMailbox(stack, 'imported');
    folder = await mkdtemp(join(tmpdir(), 'daybook-files-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const load = async (name: string, content: string | Buffer): Promise<{ code: number | string; lines: string[] }> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return runTool('import.mjs', [path, '--to', mailbox.email], { DAYBOOK_HOME: stack.home });
  };
  const order = (body: string) => ({ provider: 'google', email: mailbox.email, format: 'ics', body });
  /** A file of one long line whose order has exactly so many bytes. One wide letter makes all of it wide in memory. */
  const fileFor = (bytes: number): string => {
    const around = (letters: string): string => HEAD + event('long@example.com', `→${letters}`) + TAIL;
    return around('x'.repeat(bytes - Buffer.byteLength(JSON.stringify(order(around(''))))));
  };
  const post = (json: unknown) =>
    httpCall(`${stack.addresses.control}/import`, { method: 'POST', json, timeoutMs: 120_000 });

  it('arrives in its own letters where it is UTF-8, and its lines in Windows-1252 are told and left out', async () => {
    const western = event('western@example.com', 'Caf\u00e9 in M\u00fcnchen').replace(
      '\r\nEND',
      '\r\nLOCATION:Hall\r\nEND',
    );
    const bytes = Buffer.concat([
      Buffer.from(HEAD + event('fine@example.com', 'Grüße aus Köln')),
      Buffer.from(western, 'latin1'),
      Buffer.from(TAIL),
    ]);
    expect(await load('western.ics', bytes)).toEqual({
      code: 0,
      lines: ['line 11: encoding', `2 imported into ${mailbox.email}, 1 unreadable`],
    });
    const events = await mailbox.events();
    expect(events.map(({ iCalUID, summary }) => [iCalUID, summary])).toEqual([
      ['fine@example.com', 'Grüße aus Köln'],
      ['western@example.com', undefined],
    ]);
    expect(JSON.stringify(events)).not.toContain('\ufffd');
    expect(events[1]).toMatchObject({ location: 'Hall' });
  });

  it('is refused as what it is when the bytes are no text at all', async () => {
    const { code, lines } = await load('noise.ics', Buffer.from([0xff, 0xfe, 0x00, 0x81, 0x0a, 0xc3, 0x28]));
    expect([code, lines.slice(0, 2)]).toEqual([
      1,
      ['line 1: encoding', 'line 1: this is not a calendar file (no BEGIN:VCALENDAR)'],
    ]);
  });

  it('may be as large as the limit, in one line, and costs the simulators bounded memory', async () => {
    let outcome: unknown;
    const peak = await peakMegabytes(stack.pid('sandbox') ?? 0, async () => {
      outcome = await load('largest.ics', fileFor(LIMIT));
    });
    expect(outcome).toEqual({
      code: 1,
      lines: [
        'line 3: the VEVENT cannot be read: a line is too long',
        `0 imported into ${mailbox.email}, 1 unreadable`,
      ],
    });

    expect(peak).toBeLessThan(MOST_MEGABYTES);
    expect((await httpCall(`${stack.addresses.control}/health`)).status).toBe(200);
  });

  it('is refused by one byte more, by the command before it is sent and by the simulators when it is', async () => {
    const file = fileFor(LIMIT + 1);
    const { code, lines } = await load('larger.ics', file);
    expect([code, lines]).toEqual([
      1,
      [expect.stringContaining(`makes an order of ${LIMIT + 1} bytes; the limit is ${LIMIT}`)],
    ]);
    expect(await post(order(file))).toMatchObject({ status: 413, json: { code: 'body_too_large' } });
    expect((await httpCall(`${stack.addresses.control}/health`)).status).toBe(200);
  });
});
