import { markup } from './markup';

describe('markup', () => {
  it('lets no text become markup, in elements and attributes', () => {
    const text = 'a <b> & "c"\r\n';
    expect(markup('t:Subject', { Id: text }, text).markup).toBe(
      '<t:Subject Id="a &lt;b&gt; &amp; &quot;c&quot;&#xD;&#xA;">a &lt;b&gt; &amp; "c"&#xD;\n</t:Subject>',
    );
  });

  it('leaves out what XML cannot write, and keeps signs of two units', () => {
    expect(markup('a', {}, '\u0001x\u0000\uffff👩‍💻\ud83d').markup).toBe('<a>x👩‍💻\ufffd</a>');
  });

  it('puts elements into elements', () => {
    expect(markup('a', {}, [markup('b', { x: 1 }), markup('c', {}, '')]).markup).toBe('<a><b x="1"/><c/></a>');
  });
});
