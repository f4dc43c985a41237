import type { ConnectionMethod } from '@daybook/contracts';
import { useTranslation } from '../../i18n/use-translation';

interface Finding {
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly code?: string;
  readonly detail: string;
  readonly fix?: string;
}

export interface FindingWords {
  readonly found: string;
  readonly helps?: string;
}

/**
 * What was found and what helps, in the person's language by code, as it is said of connections of this method; what this page
 * has no words for keeps the server's. `passed` names the words for what went well.
 */
export function useFindingWords(method: ConnectionMethod): (finding: Finding, passed: string) => FindingWords {
  const { t, i18n } = useTranslation();
  const say = (names: readonly string[], otherwise: string) => {
    const known = names.find((name) => i18n.exists(name));
    return known === undefined ? otherwise : t(known);
  };
  return ({ code, detail, fix }, passed) => ({
    found: say(code === undefined ? [passed] : [`${method}.found.${code}`, `diagnosis.found.${code}`], detail),
    ...(fix === undefined ? {} : { helps: say([`${method}.helps.${code}`, `diagnosis.helps.${code}`], fix) }),
  });
}
