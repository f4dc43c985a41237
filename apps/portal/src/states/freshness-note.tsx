import { useTranslation } from '../i18n/use-translation';
import type { Connection, Freshness } from '@daybook/contracts';
import { usePerson } from '../shell/person-context';
import { useNow } from '../time/now';

/** Late with something it already gave: a part that has not begun, or was ended, is not *delayed*. */
export function isDelayed({ state, freshness }: Connection['calendar' | 'contacts']): boolean {
  return freshness.stale && (state === 'active' || state === 'degraded');
}

type Source = Freshness['sources'][number];

/** `Last heard from Google 14:02, next try 14:10.` */
export function useFreshnessSentence(): (source: Source, service: string) => string {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const now = useNow();
  return (source, service) => {
    const near = (text: string) => formats.near(Date.parse(text), now);
    const next = source.nextAttemptAt && Date.parse(source.nextAttemptAt) > now ? source.nextAttemptAt : null;
    if (source.lastSuccessAt && next) {
      return t('live.heardNext', { service, last: near(source.lastSuccessAt), next: near(next) });
    }
    const heard = source.lastSuccessAt
      ? t('live.heard', { service, time: near(source.lastSuccessAt) })
      : t('live.neverHeard', { service });
    return next ? `${heard} ${t('live.next', { time: near(next) })}` : heard;
  };
}
