import { createContext, useContext } from 'react';
import type { Me } from '@daybook/contracts';
import type { Formats } from '../time/formats';

export interface Person {
  readonly me: Me;
  readonly formats: Formats;
}

export const PersonContext = createContext<Person | null>(null);

/** The signed-in person and how dates and numbers are written for them. */
export function usePerson(): Person {
  const person = useContext(PersonContext);
  if (!person) throw new Error('Nobody is signed in here.');
  return person;
}
