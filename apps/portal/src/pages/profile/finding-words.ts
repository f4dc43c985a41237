import type { ConnectionMethod } from '@daybook/contracts';
import { useTranslation } from '../../i18n/use-translation';
import { usePerson } from '../../shell/person-context';
import { dateOf } from '../../time/formats';

interface Finding {
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly code?: string;
  readonly detail: string;
  readonly fix?: string;
  /** Last day of a certificate. */
  readonly expiresAt?: string;
}

/** What passed and has something to be known beside it is shown as a warning. */
export function stateOf({ outcome, code }: Pick<Finding, 'outcome' | 'code'>): Finding['outcome'] | 'noted' {
  return outcome === 'passed' && code !== undefined ? 'noted' : outcome;
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
  const { formats } = usePerson();
  const say = (names: readonly string[], otherwise: string, date = '') => {
    const known = names.find((name) => i18n.exists(name));
    return known === undefined ? otherwise : t(known, { date });
  };
  const foundIn = ({ code, detail, expiresAt }: Finding, passed: string) => {
    const usual = code === undefined ? [passed] : [`${method}.found.${code}`, `diagnosis.found.${code}`];
    if (expiresAt === undefined) return say(usual, detail);
    return say([`diagnosis.dated.${code ?? 'passed'}`, ...usual], detail, dateOf(expiresAt, formats));
  };
  return (finding, passed) => {
    const { code, fix } = finding;
    const found = foundIn(finding, passed);
    if (fix === undefined) return { found };
    return { found, helps: say([`${method}.helps.${code}`, `diagnosis.helps.${code}`], fix) };
  };
}
