import fc from 'fast-check';
import type { FakeFaultKind } from '@daybook/testing/fakes';
import { disturbances } from './disturbed';
import { type EditedField, slot } from './write-values';
import type { WriteWorld } from './write-world';

/** What somebody does, here or at the provider; numbers choose among what there is. */
type Deed =
  | { readonly do: 'schedule' | 'putThere'; readonly count: number }
  | { readonly do: 'edit' | 'editThere'; readonly which: number; readonly field: EditedField }
  | { readonly do: 'remove' | 'undo' | 'removeThere'; readonly which: number }
  | {
      readonly do: 'occurrence' | 'occurrenceThere';
      readonly which: number;
      readonly index: number;
      readonly field: EditedField | null;
    };

/** One thing that happens on either side, on the way, or to the process. */
export type Step =
  | Deed
  | { readonly do: 'expire' }
  | { readonly do: 'fault'; readonly kind: FakeFaultKind; readonly after: number }
  | {
      readonly do: 'run';
      readonly what: 'writes' | 'calendar' | 'both';
      readonly crashAt: number | null;
      readonly meanwhileAt: number;
      readonly meanwhile: Deed | null;
      readonly later: number;
    };

const which = fc.nat({ max: 7 });
const field = fc.constantFrom<EditedField>('title', 'title', 'location', 'time');
/** Most things happen once. */
const count = fc.constantFrom(1, 1, 3);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('schedule' as const, 'putThere' as const), count }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('edit' as const, 'edit' as const, 'editThere' as const), which, field }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('remove' as const, 'undo' as const, 'removeThere' as const), which }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('occurrence' as const, 'occurrence' as const, 'occurrenceThere' as const),
      which,
      index: fc.nat({ max: 2 }),
      field: fc.option(field, { freq: 3 }),
    }),
  },
);

const fault: fc.Arbitrary<FakeFaultKind> = fc.constantFrom(
  'timeout_after_write',
  'timeout_after_write',
  'timeout_before_write',
  'conflict',
  'rejected',
  'throttled',
  'unavailable',
  'access_expired',
  'cut',
  'empty_page',
  'doubled',
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: deed },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('fault' as const), kind: fault, after: fc.nat({ max: 3 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('run' as const),
      what: fc.constantFrom('writes' as const, 'writes' as const, 'calendar' as const, 'both' as const),
      crashAt: fc.option(fc.integer({ min: 1, max: 24 }), { freq: 2 }),
      meanwhileAt: fc.integer({ min: 1, max: 24 }),
      meanwhile: fc.option(deed, { freq: 2 }),
      later: fc.constantFrom(0, 1_000, 60_000),
    }),
  },
);

/** What happens to one mailbox, whose provider names items by our keys or by its own ids. */
export interface History {
  readonly names: 'ours' | 'its';
  readonly steps: Step[];
}

export const histories: fc.Arbitrary<History> = fc.record({
  names: fc.constantFrom('ours' as const, 'its' as const),
  steps: fc.array(step, { minLength: 4, maxLength: 30 }),
});

export async function take(world: WriteWorld, action: Step): Promise<void> {
  switch (action.do) {
    case 'expire':
      return world.mailbox.expireCursors();
    case 'fault':
      return world.provider.faults.add({ kind: action.kind, after: action.after, retryAfterMs: 1_000 });
    case 'run': {
      world.clock.advance(action.later);
      const { meanwhile } = action;
      await world.run(
        action.what,
        disturbances(action, () => meanwhile && doDeed(world, meanwhile)),
      );
      return;
    }
    default:
      return doDeed(world, action);
  }
}

function doDeed(world: WriteWorld, deed: Deed): void {
  switch (deed.do) {
    case 'schedule':
      return world.schedule(linesFor(deed.count));
    case 'putThere':
      return world.putThere(linesFor(deed.count));
    case 'edit':
    case 'remove':
    case 'undo':
    case 'occurrence':
      return doHere(world, deed);
    case 'editThere':
    case 'removeThere':
    case 'occurrenceThere':
      return doThere(world, deed);
  }
}

function doHere(world: WriteWorld, deed: Extract<Deed, { which: number }>): void {
  // Also what is removed and waits can be taken back; all else is done to what people see.
  const records = [...world.records.all.values()].filter(({ intended, pending }) =>
    deed.do === 'undo' ? pending : intended,
  );
  const shown = deed.do === 'occurrence' ? world.shown().filter(({ intended }) => intended?.lines.length) : records;
  const record = chosen(shown, deed.which);
  if (!record) return;
  if (deed.do === 'edit') return world.edit(record.id, deed.field);
  if (deed.do === 'undo') return world.undo(record.id);
  if (deed.do === 'remove') return world.remove(record.id);
  if (deed.do !== 'occurrence' || !record.intended) return;
  const id = world.records.takeOut(record.id, slot(record.intended.start, deed.index));
  if (id === null) return;
  if (deed.field === null) world.remove(id);
  else world.edit(id, deed.field);
}

function doThere(world: WriteWorld, deed: Extract<Deed, { which: number }>): void {
  const items = world.mailbox.items();
  const item = chosen(
    deed.do === 'occurrenceThere' ? items.filter(({ kind }) => kind === 'series') : items,
    deed.which,
  );
  if (!item) return;
  if (deed.do === 'editThere') return world.editThere(item, deed.field);
  if (deed.do === 'occurrenceThere') return world.changeOccurrenceThere(item, deed.index, deed.field);
  if (item.kind === 'single' || item.kind === 'series') world.removeThere(item);
}

function chosen<T>(all: readonly T[], which: number): T | undefined {
  return all[which % Math.max(all.length, 1)];
}

function linesFor(count: number): string[] {
  return count === 1 ? [] : [`RRULE:FREQ=DAILY;COUNT=${count}`];
}
