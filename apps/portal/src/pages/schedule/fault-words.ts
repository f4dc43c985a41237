import { useServerFaultWords } from '../../states/fault-words';
import { useTranslation } from '../../i18n/use-translation';
import type { DraftForm } from './use-draft';
import type { Field } from './faults';

/** What is wrong with a field, in words; null while nothing is. */
export function useFaultWords(form: DraftForm): (field: Field) => string | null {
  const { t } = useTranslation();
  const serverWords = useServerFaultWords();
  return (field) => {
    const fault = form.faultOf(field);
    if (!fault) return null;
    if ('own' in fault) return t(`schedule.fault.${fault.own}`, fault.given ?? {});
    return fault.at ? `${fault.at}: ${serverWords(fault)}` : serverWords(fault);
  };
}
