import fc from 'fast-check';
import { SyncLog } from './sync-log';
import { beginning, nextPage, SyncStates, type SyncState } from './sync-state';

/** A folder of numbered entries, and a client that only hears of it through pages. */
class Played {
  readonly log = new SyncLog();
  readonly live = new Map<string, number>();
  readonly client = new Map<string, number>();
  state: SyncState = beginning('list');
  private readonly born = new Map<string, number>();
  private version = 0;

  put(key: string): void {
    this.version += 1;
    if (!this.live.has(key)) this.born.set(key, this.version);
    this.live.set(key, this.version);
    this.note(key, false);
  }

  remove(key: string): void {
    if (!this.live.delete(key)) return;
    this.version += 1;
    this.note(key, true);
  }

  page(most: number): boolean {
    const { rows, state, isLast } = nextPage(this.log, this.state, most);
    for (const { key, version, isGone } of rows) {
      if (isGone) this.client.delete(key);
      else this.client.set(key, version);
    }
    this.state = state;
    return isLast;
  }

  private note(key: string, isGone: boolean): void {
    const bornVersion = this.born.get(key) ?? this.version;
    this.log.note({ key, version: this.version, bornVersion, contentVersion: this.version, isGone });
  }
}

describe('pages of changes', () => {
  it('bring every client to the same list, whatever happens between them', () => {
    const step = fc.tuple(fc.constantFrom('put', 'remove', 'page'), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 4 }), (steps, most) => {
        const played = new Played();
        for (const [what, number] of steps) {
          if (what === 'put') played.put(`key ${number}`);
          else if (what === 'remove') played.remove(`key ${number}`);
          else played.page(most);
        }
        while (!played.page(most));
        while (!played.page(most));
        expect([...played.client].sort()).toEqual([...played.live].sort());
      }),
    );
  });

  it('come newest first', () => {
    const played = new Played();
    ['a', 'b', 'c', 'a'].forEach((key) => played.put(key));
    expect(nextPage(played.log, beginning('list'), 2).rows.map(({ key }) => key)).toEqual(['a', 'c']);
  });
});

describe('sealed states', () => {
  it('open with the key that sealed them only', () => {
    const state = { list: 'a', since: 1, until: 5, below: 3 };
    const text = new SyncStates('key').seal(state);
    expect(new SyncStates('key').open(text, 'a')).toEqual(state);
    expect(() => new SyncStates('other').open(text, 'a')).toThrow('corrupt');
    expect(() => new SyncStates('key').open(text, 'b')).toThrow('corrupt');
    expect(() => new SyncStates('key').open(`${text.slice(0, -4)}AAAA`, 'a')).toThrow('corrupt');
  });
});
