import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SignInItem } from '@daybook/contracts';
import { toProblem } from './api-problem';
import type { Connected } from './connection-queries';
import { keys } from './keys';
import { usePortal } from './portal-context';
import { isSignInItem, readSignIn, type SignInCall } from './sign-in-reader';

export interface SignInState {
  readonly phase: 'ready' | 'running' | 'failed' | 'done';
  /** What has been gone through so far. */
  readonly items: readonly SignInItem[];
  readonly error: unknown;
}

/** What comes of it, for whoever started it and is still there. */
export interface SignInEnds {
  readonly onDone: (connected: Connected) => void;
  readonly onFailed: (error: unknown, items: readonly SignInItem[]) => void;
}

export interface SignInOnShow extends SignInState {
  readonly start: (call: SignInCall, ends: SignInEnds) => void;
}

/**
 * A sign-in with a form. What is sent is kept nowhere, as a mutation of the query cache would: it holds a password. Its line is
 * given back when the form leaves the page.
 */
export function useSignIn(): SignInOnShow {
  const { api } = usePortal();
  const cache = useQueryClient();
  const [state, setState] = useState<SignInState>({ phase: 'ready', items: [], error: null });
  const line = useRef<AbortController | null>(null);
  useEffect(() => () => line.current?.abort(), []);

  const start = useCallback(
    (call: SignInCall, { onDone, onFailed }: SignInEnds) => {
      line.current?.abort();
      const own = new AbortController();
      line.current = own;
      const told: SignInItem[] = [];
      const show = (phase: SignInState['phase'], error: unknown = null, items: readonly SignInItem[] = [...told]) => {
        if (!own.signal.aborted) setState({ phase, items, error });
      };
      const read = async () => {
        const steps = readSignIn(api, call, own.signal);
        for (let next = await steps.next(); ; next = await steps.next()) {
          if (next.done) return next.value;
          told.push(next.value);
          show('running');
        }
      };
      show('running');
      read()
        .then(
          (connected) => {
            show('done');
            if (!own.signal.aborted) onDone(connected);
          },
          (error: unknown) => {
            const items = stepsOf(error, told);
            show('failed', error, items);
            if (!own.signal.aborted) onFailed(error, items);
          },
        )
        .finally(() => void cache.invalidateQueries({ queryKey: keys.connections }));
    },
    [api, cache],
  );
  return { ...state, start };
}

/** The problem's own list is the whole truth, because single steps can be lost on the way. */
function stepsOf(error: unknown, told: readonly SignInItem[]): readonly SignInItem[] {
  const whole = toProblem(error).steps.filter(isSignInItem);
  return whole.length > 0 ? whole : told;
}
