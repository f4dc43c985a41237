import { UnreadableAnswer } from '../transport/record-reader';
import { EnvelopeSplitter } from './envelope-splitter';

const PLAIN = '<?xml version="1.0" encoding="utf-8"?><Envelope xmlns="s"><Body><A>é € 😀</A></Body></Envelope>';
const PREFIXED = '<soap11:Envelope xmlns:soap11="s"><soap11:Body/></soap11:Envelope >';
const INNER = '<s:Envelope xmlns:s="s"><s:EnvelopeList></s:EnvelopeList></s:Envelope>';
const ALL = [PLAIN, PREFIXED, INNER, PLAIN];

function split(text: string, pieceBytes: number): string[] {
  const subject = new EnvelopeSplitter();
  const bytes = Buffer.from(text);
  const found: string[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    found.push(...subject.push(bytes.subarray(at, at + pieceBytes)).map(String));
  return found.map((envelope) => envelope.trim());
}

describe('an open answer', () => {
  it.each([1, 2, 3, 7, 64, 100_000])('gives its envelopes whole from pieces of %i bytes', (pieceBytes) => {
    expect(split(ALL.join(''), pieceBytes)).toEqual(ALL);
    expect(split(`\ufeff${ALL.join(' \r\n ')} \r\n`, pieceBytes).map((one) => one.replace('\ufeff', ''))).toEqual(ALL);
  });

  it('gives an envelope as soon as its last byte is there, and not before', () => {
    const subject = new EnvelopeSplitter();
    expect(subject.push(Buffer.from(PLAIN.slice(0, -1)))).toEqual([]);
    expect(subject.push(Buffer.from('>')).map(String)).toEqual([PLAIN]);
    expect(subject.push(Buffer.from(PREFIXED.slice(0, 20)))).toEqual([]);
    expect(subject.push(Buffer.from(PREFIXED.slice(20))).map(String)).toEqual([PREFIXED]);
  });

  it.each([
    ['a page', `<html>${'x'.repeat(2000)}</html>`],
    ['an envelope without an end', `<Envelope>${'<a/>'.repeat(300_000)}`],
    ['nothing that is XML', '\u0000'.repeat(2000)],
  ])('that is %s is not read on', (_what, text) => {
    for (const pieceBytes of [999, 65_536]) expect(() => split(text, pieceBytes)).toThrow(UnreadableAnswer);
  });

  it('holds blanks between envelopes for nothing', () => {
    expect(split(`${' '.repeat(3_000_000)}${PLAIN}`, 4096)).toEqual([PLAIN]);
  });
});
