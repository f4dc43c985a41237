import fc from 'fast-check';

/** What may go wrong between Daybook and a mailbox, as often as it says: nothing that a person would have to mend. */
export const FAULTS = [
  ...(['cursor_expired', 'conflict', 'timeout_after_write', 'throttled'] as const),
  ...(['unavailable', 'server_error', 'cut', 'empty_page'] as const),
];

/** One thing that happens in a history; numbers choose among what there is. */
export type Step =
  | { readonly do: 'schedule' | 'putThere'; readonly series: boolean }
  | { readonly do: MeetingDeed; readonly which: number }
  | { readonly do: OccurrenceDeed; readonly which: number; readonly index: number }
  | { readonly do: 'fault'; readonly kind: (typeof FAULTS)[number]; readonly times: number }
  | { readonly do: 'hints'; readonly times: number }
  | { readonly do: 'pause'; readonly ms: number };

type MeetingDeed = 'rename' | 'reschedule' | 'remove' | 'withdraw' | 'renameThere' | 'rescheduleThere' | 'removeThere';
type OccurrenceDeed = 'renameOne' | 'cancelOne' | 'renameOneThere' | 'cancelOneThere';

/** Histories that go on side by side on one stack, and after how many steps of them all calendar-svc is killed. */
export interface Wave {
  readonly histories: readonly (readonly Step[])[];
  readonly killAfter: number;
}

/** Plain objects are told as they are written. */
const plain = { noNullPrototype: true } as const;
const which = fc.nat({ max: 4 });
const index = fc.nat({ max: 2 });
const series = fc.constantFrom(false, false, true);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('schedule' as const), series }, plain) },
  {
    weight: 6,
    arbitrary: fc.record(
      {
        do: fc.constantFrom<MeetingDeed>('rename', 'rename', 'reschedule', 'remove', 'withdraw'),
        which,
      },
      plain,
    ),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('putThere' as const), series }, plain) },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        do: fc.constantFrom<MeetingDeed>('renameThere', 'renameThere', 'rescheduleThere', 'removeThere'),
        which,
      },
      plain,
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        do: fc.constantFrom<OccurrenceDeed>('renameOne', 'cancelOne', 'renameOneThere', 'cancelOneThere'),
        which,
        index,
      },
      plain,
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        do: fc.constant('fault' as const),
        kind: fc.constantFrom(...FAULTS),
        times: fc.integer({ min: 1, max: 2 }),
      },
      plain,
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('hints' as const), times: fc.integer({ min: 1, max: 4 }) }, plain),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pause' as const), ms: fc.constantFrom(50, 300, 1_000) }, plain),
  },
);

/** There is something to act upon from the start. */
const history = fc
  .tuple(series, fc.array(step, { minLength: 4, maxLength: 9, size: 'max' }))
  .map(([first, steps]): Step[] => [{ do: 'schedule', series: first }, ...steps]);

/**
 * Each has five steps at least, so that calendar-svc is always killed; late, because what died holds its leases a while.
 * @param people how many histories go on side by side
 */
export function waves(people: number): fc.Arbitrary<Wave> {
  return fc.record(
    {
      histories: fc.array(history, { minLength: people, maxLength: people }),
      killAfter: fc.integer({ min: people * 4, max: people * 5 }),
    },
    plain,
  );
}
