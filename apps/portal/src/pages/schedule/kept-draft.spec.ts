import { describe, expect, it } from 'vitest';
import { newDraft } from './draft';
import { forgetDraft, keepDraft, keptDraft } from './kept-draft';

const fresh = newDraft({ now: 0, zone: 'UTC', calendarId: 'cal_1', day: null });

function storeOf() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
}

describe('a draft on the way to the provider', () => {
  it('comes back as it was, for the same person and once', () => {
    const store = storeOf();
    const draft = { ...fresh, topic: 'Planning', calendarId: null, attendees: [{ email: 'ben@example.com' }] };
    keepDraft('usr_1', draft, store);
    expect(keptDraft('usr_1', fresh, store)).toEqual(draft);
    expect(keptDraft('usr_2', fresh, store)).toBeNull();
    forgetDraft('usr_1', store);
    expect(keptDraft('usr_1', fresh, store)).toBeNull();
  });

  it.each([
    ['{', 'no JSON'],
    ['[]', 'no record'],
    [JSON.stringify({ ...fresh, topic: 1 }), 'a field of another kind'],
    [JSON.stringify({ ...fresh, repeat: { kind: 'none' } }), 'half a recurrence'],
    [JSON.stringify({ ...fresh, attendees: ['ben@example.com'] }), 'another form of people'],
  ])('is let go when it is %s: %s', (text) => {
    const store = storeOf();
    store.setItem('daybook.draft.usr_1', text);
    expect(keptDraft('usr_1', fresh, store)).toBeNull();
  });
});
