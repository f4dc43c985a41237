import { askJson } from './ask-json';
import { askPox } from './ask-pox';
import { askSoap } from './ask-soap';
import type { Asking } from './asking';
import { type Finding, NOTHING } from './finding';

/** The one that needs no password first: where it tells, the password is shown to the services alone. */
const WAYS = [askJson, askPox, askSoap];

/** Asks one host in every way until one of them tells something. */
export async function askPlace(asking: Asking, origin: URL): Promise<Finding> {
  for (const ask of WAYS) {
    const finding = await ask(asking, origin);
    if (finding.type !== 'nothing') return finding;
  }
  return NOTHING;
}
