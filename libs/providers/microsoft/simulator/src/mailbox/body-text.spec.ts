import { previewOf, storedBody, textOf } from './body-text';

describe('bodies', () => {
  it('are kept as whole documents', () => {
    const text = storedBody({ contentType: 'text', content: 'a < b\nc' });
    expect(text).toMatch(/^<html>.*a &lt; b<br>\r\nc.*<\/html>\r\n$/s);
    expect(storedBody({ contentType: 'html', content: '<p>x</p>' })).toMatch(/<body>\r\n<p>x<\/p>\r\n<\/body>/);
    const whole = '<html><body>x</body></html>';
    expect(storedBody({ contentType: 'html', content: whole })).toBe(whole);
    expect(storedBody({ contentType: 'html', content: '<body class="a">x</body>' })).toContain(
      '<body class="a">x</body>',
    );
    expect(storedBody({ contentType: 'text', content: '' })).toBe('');
  });

  it('come back as the text that was sent', () => {
    const content = 'One & two\r\n<three>\r\n"four"';
    expect(textOf(storedBody({ contentType: 'text', content }))).toBe(content);
  });

  it('leave out what nobody reads, and know entities', () => {
    const html =
      '<html><head><style>p{}</style></head><body><p>a&nbsp;&#228;&#x1F600;&odd;</p><script>x</script><p>b</p></body></html>';
    expect(textOf(html)).toBe('a ä😀&odd;\r\nb');
    expect(previewOf(`<p>${'x'.repeat(300)}</p>`)).toHaveLength(255);
  });
});
