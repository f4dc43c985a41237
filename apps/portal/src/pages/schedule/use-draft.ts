import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { changed, type Draft } from './draft';
import { checkDraft, fields, type Fault, type Faults, type Field } from './faults';

const fieldOf: Partial<Record<keyof Draft, Field>> = {
  topic: 'topic',
  date: 'date',
  time: 'time',
  minutes: 'length',
  days: 'length',
  zone: 'zone',
  repeat: 'repeat',
  calendarId: 'calendar',
  attendees: 'attendees',
  visibility: 'visibility',
  description: 'description',
};

export interface DraftForm {
  readonly draft: Draft;
  /** The same function for as long as the form is there. */
  readonly set: (change: Partial<Draft>) => void;
  /** Another draft as a whole. */
  replace(draft: Draft): void;
  faultOf(field: Field): Fault | undefined;
  /** Shows faults at their fields and goes to the first. */
  complain(faults: Faults): void;
  /** Whether it can be sent; says at the fields why not. */
  check(): boolean;
  /** What is entered is kept elsewhere from here on: leaving loses nothing. */
  readonly release: () => void;
  readonly isReleased: () => boolean;
}

/** What is entered, and what is wrong with it. A fault goes as soon as its field is changed. */
export function useDraft(initial: () => Draft): DraftForm {
  const [draft, setDraft] = useState(initial);
  const [faults, setFaults] = useState<Faults>({});
  const goTo = useFirstFault();
  const released = useReleased();
  const set = useCallback((change: Partial<Draft>) => {
    setDraft((present) => changed(present, change));
    setFaults((present) => without(present, change));
  }, []);
  const complain = (next: Faults) => {
    setFaults(next);
    goTo(fields.find((field) => next[field]));
  };
  return {
    draft,
    set,
    replace: setDraft,
    faultOf: (field) => faults[field],
    complain,
    check: () => {
      const found = checkDraft(draft);
      complain(found);
      return Object.keys(found).length === 0;
    },
    ...released,
  };
}

/** Not state: the way out that follows at once has to know already. */
function useReleased(): Pick<DraftForm, 'release' | 'isReleased'> {
  const released = useRef(false);
  return useMemo(() => ({ release: () => void (released.current = true), isReleased: () => released.current }), []);
}

function without(faults: Faults, change: Partial<Draft>): Faults {
  const names = Object.entries(fieldOf).flatMap(([name, field]) => (name in change ? [field] : []));
  // Switching between times and whole days makes the fields of both other ones.
  if ('allDay' in change) names.push('time', 'length');
  return Object.fromEntries(Object.entries(faults).filter(([field]) => !names.some((name) => name === field)));
}

/** Moves the focus after the faults are drawn, so that a voice reads the field together with what is wrong. */
function useFirstFault(): (field: Field | undefined) => void {
  const wanted = useRef<Field | undefined>(undefined);
  useEffect(() => {
    if (!wanted.current) return;
    const place = `[data-field="${wanted.current}"]`;
    const target = document.querySelector<HTMLElement>(`${place} input, ${place} textarea, ${place} button`);
    wanted.current = undefined;
    target?.focus();
  });
  return (field) => {
    wanted.current = field;
  };
}
