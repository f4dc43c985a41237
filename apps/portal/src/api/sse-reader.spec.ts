import { describe, expect, it } from 'vitest';
import { readEvents, type ServerEvent } from './sse-reader';

function streamOf(...pieces: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece);
      controller.close();
    },
  });
}

async function read(...pieces: (string | Uint8Array)[]): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readEvents(streamOf(...pieces))) events.push(event);
  return events;
}

describe('readEvents', () => {
  it('reads id, event and data', async () => {
    expect(await read('id: c7\nevent: meetings.changed\ndata: {"cursor":"c7"}\n\n')).toEqual([
      { id: 'c7', event: 'meetings.changed', data: '{"cursor":"c7"}' },
    ]);
  });

  it('puts together what arrives in pieces, even inside a character', async () => {
    const bytes = new TextEncoder().encode('data: größer\n\n');
    expect(await read(bytes.slice(0, 9), bytes.slice(9))).toEqual([{ id: '', event: 'message', data: 'größer' }]);
  });

  it('takes LF, CR and CRLF as ends of lines, also when a CRLF is cut in two', async () => {
    const events = await read('data: a\r', '\ndata: b\r\r', 'data: c\n\n');
    expect(events.map((event) => event.data)).toEqual(['a\nb', 'c']);
  });

  it('dispatches nothing for comments and for an id alone', async () => {
    expect(await read(': beat\n\n', 'retry: 2000\n\n', 'id: 4\n\n')).toEqual([]);
  });

  it('keeps the last id for events that bring none', async () => {
    const events = await read('id: 1\ndata: a\n\n', 'event: policy.changed\ndata: b\n\n');
    expect(events.map((event) => event.id)).toEqual(['1', '1']);
  });

  it('ignores an id with NUL and drops what is not ended by an empty line', async () => {
    expect(await read('id: a\0b\ndata: x\n\n', 'data: cut')).toEqual([{ id: '', event: 'message', data: 'x' }]);
  });

  it('tells of every piece, so that silence can be noticed', async () => {
    let heard = 0;
    for await (const _event of readEvents(streamOf(': beat\n', ': beat\n'), () => (heard += 1)))
      expect(_event).toBeNull();
    expect(heard).toBe(2);
  });
});
