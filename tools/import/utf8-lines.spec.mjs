import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readUtf8Lines } from './utf8-lines.mjs';

const bytes = (...parts) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('reading the bytes of a calendar file', () => {
  it('changes nothing in a file that is UTF-8', () => {
    const text = '\ufeffBEGIN:VCALENDAR\r\nSUMMARY:Grüße 🎉\r\n  folded\r\n';
    assert.deepEqual(readUtf8Lines(Buffer.from(text)), { text, unreadable: [] });
  });

  it('names a line in another encoding, leaves it out and keeps the numbers of all others', () => {
    const { text, unreadable } = readUtf8Lines(
      bytes('A:1\r\nSUMMARY:Caf', [0xe9], ' in M', [0xfc], 'nchen\r\n folded\r\nB:Grüße\r\n', 'C:', [0xff]),
    );
    assert.deepEqual(unreadable, [
      { line: 2, reason: 'encoding' },
      { line: 5, reason: 'encoding' },
    ]);
    assert.deepEqual(text.split('\n'), ['A:1\r', '', '', 'B:Grüße\r', '', '']);
  });

  it('mends letters that were folded in their middle', () => {
    const [first, second] = [...Buffer.from('ü')];
    const { text, unreadable } = readUtf8Lines(bytes('A:M', [first], '\r\n ', [second], 'nchen\r\nB:2\r\n'));
    assert.deepEqual(unreadable, []);
    assert.deepEqual(text.split('\n'), ['A:München', ' ', 'B:2\r', '']);
  });

  it('reads a line in the charset that it names, and no other by it', () => {
    const { text, unreadable } = readUtf8Lines(
      bytes(
        'N;CHARSET=ISO-8859-1:M',
        [0xfc],
        'ller;J',
        [0xf6],
        'rg\r\nFN:M',
        [0xfc],
        'ller\r\n',
        'NOTE;CHARSET=x-none:',
        [0xfc],
      ),
    );
    assert.equal(text, 'N;CHARSET=ISO-8859-1:Müller;Jörg\r\n\n\n');
    assert.deepEqual(
      unreadable.map(({ line }) => line),
      [2, 3],
    );
  });

  it('refuses what only looks like UTF-8: overlong forms, surrogates, bytes cut off', () => {
    for (const wrong of [
      [0xc0, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf8, 0x88, 0x80, 0x80, 0x80],
      [0xe2, 0x82],
    ]) {
      assert.deepEqual(readUtf8Lines(bytes('A:', wrong, '\n')).unreadable, [{ line: 1, reason: 'encoding' }]);
    }
  });

  it('complains at most a thousand times', () => {
    const { text, unreadable } = readUtf8Lines(Buffer.alloc(10_000, bytes([0xff], '\n')));
    assert.equal(unreadable.length, 1_000);
    assert.equal(text, '\n'.repeat(5_000));
  });
});
