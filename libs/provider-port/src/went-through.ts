import { ProviderError } from './provider-error';

/** False where what was to be written is gone, or the write was refused for good. @throws ProviderError for anything else */
export async function wentThrough(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof ProviderError && (error.kind === 'Gone' || error.kind === 'Rejected')) return false;
    throw error;
  }
}
