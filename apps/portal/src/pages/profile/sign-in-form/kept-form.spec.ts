import { describe, expect, it } from 'vitest';
import { forgetForm, keepForm, keptForm } from './kept-form';

function memory() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const start = { texts: { username: '', password: '', url: 'default' }, skipCertificateChecks: false };
const typed = { texts: { username: 'ada', password: 'canary', url: 'mail' }, skipCertificateChecks: true };

describe('a sign-in form kept for a reload', () => {
  it('has everything again but the password, which is written nowhere', () => {
    const store = memory();
    keepForm('ada.exchange', typed, store);
    expect([...store.kept].flat().join()).not.toContain('canary');
    expect(keptForm('ada.exchange', start, store)).toEqual({ ...typed, texts: { ...typed.texts, password: '' } });
  });

  it.each(['https://ada:canary@mail.example.com/', 'ada:canary@mail.example.com'])(
    'has no URL that a password is in, as in %s',
    (url) => {
      const store = memory();
      keepForm('ada.exchange', { ...typed, texts: { ...typed.texts, url } }, store);
      expect([...store.kept].flat().join()).not.toContain('canary');
      expect(keptForm('ada.exchange', start, store).texts).toEqual({ username: 'ada', password: '', url: 'default' });
    },
  );

  it('is of one person and one form', () => {
    const store = memory();
    keepForm('ada.exchange', typed, store);
    expect(keptForm('ben.exchange', start, store)).toEqual(start);
    forgetForm('ada.exchange', store);
    expect(keptForm('ada.exchange', start, store)).toEqual(start);
  });

  it.each(['{', '[]', 'null', '{"texts":7}', '{"texts":{"username":7,"other":"x"}}'])(
    'begins anew with what is no form: %s',
    (text) => {
      const store = memory();
      store.setItem('daybook.sign-in.ada.exchange', text);
      expect(keptForm('ada.exchange', start, store)).toEqual(start);
    },
  );
});
