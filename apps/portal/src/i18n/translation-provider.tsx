import type { i18n } from 'i18next';
import { useCallback, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { TranslationContext } from './use-translation';

/** Everything inside speaks the language of `i18n`, and changes with it. */
export function TranslationProvider({ i18n, children }: { i18n: i18n; children: ReactNode }) {
  const subscribe = useCallback(
    (changed: () => void) => {
      i18n.on('languageChanged', changed);
      return () => i18n.off('languageChanged', changed);
    },
    [i18n],
  );
  const language = useSyncExternalStore(subscribe, () => i18n.language);
  const translation = useMemo(() => ({ i18n, t: i18n.getFixedT(language) }), [i18n, language]);
  return <TranslationContext.Provider value={translation}>{children}</TranslationContext.Provider>;
}
