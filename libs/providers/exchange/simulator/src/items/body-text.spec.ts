import { element } from '../wire/element';
import { bodyIn, htmlOfText, textOfHtml } from './body-text';

describe('bodies', () => {
  it.each([
    ['<p>a</p><p>b &amp; c&nbsp;&#100;&#x65;</p>', 'a\r\nb & c\u00a0de'],
    ['<style>p{}</style>a<script>b()</script>c', 'ac'],
    ['a<style>never ends', 'a'],
    ['<div>one<br/>two</div>', 'one\r\ntwo'],
    ['1 &lt; 2', '1 < 2'],
    ['<a href="https://x.example/?a=1&amp;b=2"><b>Join</b></a> now', 'Join<https://x.example/?a=1&b=2> now'],
    ["<a class='l' href='https://x.example'>https://x.example</a>, <a name='top'>top</a>", 'https://x.example, top'],
    ['', ''],
  ])('of HTML are read as text: %s', (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it.each(['<', '<style>', '<br', '\r\n', '&#x', '<p ', '</', '<a href="', '<a >'])(
    'take no long time, whatever repeats: %j',
    (part) => {
      const before = performance.now();
      textOfHtml(part.repeat(200_000));
      expect(performance.now() - before).toBeLessThan(2000);
    },
  );

  it('come back as the text they were', () => {
    expect(textOfHtml(htmlOfText('a <b>\r\nc'))).toBe('a <b>\r\nc');
  });

  it.each([
    ['Best', null, 'a<br>b', 'HTML', undefined],
    ['Text', null, 'a\r\nb', 'Text', undefined],
    ['Text', 2, 'a\r', 'Text', 'true'],
    ['HTML', 99, 'a<br>b', 'HTML', 'false'],
  ])('are given as %s, no longer than %s', (wanted, most, text, type, truncated) => {
    const body = bodyIn(element('Body', 'a<br>b', { BodyType: 'HTML' }), wanted, most);
    expect([body?.text, body?.attributes['BodyType'], body?.attributes['IsTruncated']]).toEqual([
      text,
      type,
      truncated,
    ]);
  });
});
