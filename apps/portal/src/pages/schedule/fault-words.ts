import { useTranslation } from '../../i18n/use-translation';
import type { DraftForm } from './use-draft';
import type { Field } from './faults';

/** What is wrong with a field, in words; null while nothing is. */
export function useFaultWords(form: DraftForm): (field: Field) => string | null {
  const { t } = useTranslation();
  return (field) => {
    const fault = form.faultOf(field);
    if (!fault) return null;
    if ('code' in fault) return t(`schedule.fault.${fault.code}`, fault.given ?? {});
    return fault.at
      ? t('schedule.fault.serverAt', { at: fault.at, detail: fault.detail })
      : t('schedule.fault.server', { detail: fault.detail });
  };
}
