import { useCallback, useEffect, useRef, useState } from 'react';
import type { DiagnosisItem } from '@daybook/contracts';
import { readDiagnosis } from './diagnosis-reader';
import { usePortal } from './portal-context';

export interface DiagnosisState {
  readonly phase: 'closed' | 'running' | 'over';
  /** What has been found so far. */
  readonly items: readonly DiagnosisItem[];
  readonly error: unknown;
}

export interface DiagnosisOnShow extends DiagnosisState {
  readonly start: () => void;
  readonly close: () => void;
}

const CLOSED: DiagnosisState = { phase: 'closed', items: [], error: null };

/** The check of one connection: nothing until it is started, and its line is given back when it is closed or leaves the page. */
export function useDiagnosis(connectionId: string): DiagnosisOnShow {
  const { api } = usePortal();
  const [state, setState] = useState(CLOSED);
  const line = useRef<AbortController | null>(null);
  const leave = useCallback(() => line.current?.abort(), []);
  useEffect(() => leave, [leave]);

  const start = useCallback(() => {
    leave();
    const own = new AbortController();
    line.current = own;
    const become = (change: (before: DiagnosisState) => DiagnosisState) => {
      if (!own.signal.aborted) setState(change);
    };
    setState({ phase: 'running', items: [], error: null });
    const read = async () => {
      for await (const item of readDiagnosis(api, connectionId, own.signal)) {
        become((before) => ({ ...before, items: [...before.items, item] }));
      }
    };
    read().then(
      () => become((before) => ({ ...before, phase: 'over' })),
      (error: unknown) => become((before) => ({ ...before, phase: 'over', error })),
    );
  }, [api, connectionId, leave]);

  const close = useCallback(() => {
    leave();
    setState(CLOSED);
  }, [leave]);
  return { ...state, start, close };
}
