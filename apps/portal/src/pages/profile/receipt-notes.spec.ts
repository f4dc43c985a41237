import { describe, expect, it } from 'vitest';
import { en } from '../../i18n/en';
import { knownNotes, wordsOfNote } from './receipt-notes';

const written: Record<string, string> = import.meta.glob('../../../../auth-svc/src/model/receipt.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

describe('the notes of a receipt', () => {
  it('are all known, as the service writes them', () => {
    const [source = ''] = Object.values(written);
    const notes = [...source.slice(source.indexOf('function notesOf')).matchAll(/'([A-Z][^']+\.)'/g)];
    expect(notes.map(([, note]) => note).sort()).toEqual([...knownNotes].sort());
  });

  it('have words of the portal, and stay as they are when they have none', () => {
    const keys = knownNotes.map((note) => wordsOfNote(note)?.replace('receipt.note.', ''));
    expect(keys.sort()).toEqual(Object.keys(en.receipt.note).sort());
    expect(wordsOfNote('Something new.')).toBeNull();
  });
});
