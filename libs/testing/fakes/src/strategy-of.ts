import type { AuthPort, BrowserLegOptions } from '@daybook/provider-port';
import type { Strategy } from 'passport';

/** The strategy of a provider that people sign in to on its own pages. @throws Error where there are none */
export async function strategyOf(auth: AuthPort, options: BrowserLegOptions): Promise<Strategy> {
  const strategy = await auth.strategy?.(options);
  if (!strategy) throw new Error('this provider has no pages to sign in on');
  return strategy;
}
