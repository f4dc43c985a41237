import type { Service } from '@daybook/contracts';
import { useTranslation } from '../../i18n/use-translation';

/** A way to authorise by its name, and whether it is the recommended one. */
export function useMethodWords(): (
  method: Pick<Service['methods'][number], 'method' | 'recommended' | 'fields'>,
) => string {
  const { t } = useTranslation();
  return ({ method, recommended, fields }) => {
    const words = t(`flow.method.${method}`);
    // Where a form is what is recommended, it is because there is no other way.
    return recommended && fields.length === 0 ? t('flow.recommended', { method: words }) : words;
  };
}
