import { isRecord } from '../../../api/api-problem';
import { holdsPassword, type FormValues } from './form-values';

/** The store of this tab; it is given in tests. */
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const nameOf = (place: string) => `daybook.sign-in.${place}`;

/** Keeps what is entered for a reload, and no longer: all but passwords, also one in a URL. `place` tells forms and persons apart. */
export function keepForm(place: string, values: FormValues, store: Store = sessionStorage): void {
  const { password: _never, url = '', ...texts } = values.texts;
  const kept = holdsPassword(url) ? texts : { ...texts, url };
  store.setItem(nameOf(place), JSON.stringify({ ...values, texts: kept }));
}

export function forgetForm(place: string, store: Store = sessionStorage): void {
  store.removeItem(nameOf(place));
}

/** `start` with what was kept, as far as it has the fields. */
export function keptForm(place: string, start: FormValues, store: Store = sessionStorage): FormValues {
  const kept = parsed(store.getItem(nameOf(place)));
  if (!isRecord(kept) || !isRecord(kept.texts)) return start;
  const { texts, skipCertificateChecks: skips } = kept;
  const known = Object.entries(start.texts).map(([name, text]) => {
    const was = name === 'password' ? undefined : texts[name];
    return [name, typeof was === 'string' ? was : text] as const;
  });
  const skipCertificateChecks = typeof skips === 'boolean' ? skips : start.skipCertificateChecks;
  return { texts: Object.fromEntries(known), skipCertificateChecks };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
