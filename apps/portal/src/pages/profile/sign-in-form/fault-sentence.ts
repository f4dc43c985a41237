import { useServerFaultWords } from '../../../states/fault-words';
import { useTranslation } from '../../../i18n/use-translation';
import { useFindingWords } from '../finding-words';
import type { FormFault } from './form-faults';

/** What is wrong with a field, in the person's language; undefined where nothing is. */
export function useFaultSentence(): (fault: FormFault | undefined) => string | undefined {
  const { t } = useTranslation();
  const ofServer = useServerFaultWords();
  const ofStep = useFindingWords('ews');
  return (fault) => {
    if (fault === undefined) return undefined;
    if ('own' in fault) return t(`ews.need.${fault.own}`);
    if ('item' in fault) return ofStep(fault.item, '').found;
    return ofServer(fault);
  };
}
