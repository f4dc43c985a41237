import type { FaultView } from '../api/api-problem';
import { useTranslation } from '../i18n/use-translation';

/** What a server says of a field in the person's language; a code that is not known keeps the server's sentence. */
export function useServerFaultWords(): (fault: Pick<FaultView, 'code' | 'detail'>) => string {
  const { t, i18n } = useTranslation();
  return ({ code, detail }) => (i18n.exists(`fault.${code}`) ? t(`fault.${code}`) : detail);
}
