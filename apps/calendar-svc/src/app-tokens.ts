import type { HookSurroundings } from './use-cases/receive-hook';
import type { ListSurroundings } from './use-cases/list-meetings';
import type { RetireSurroundings } from './use-cases/retire-connection';
import type { RemovalUndo } from './ports/removal-undo';
import type { ReviewStore } from './ports/review-store';

import type { WriteSurroundings } from './use-cases/write-surroundings';
import type { ClientSession } from '@daybook/platform/mongo';

export const READING = Symbol('reading');

/** What the handlers need, gathered at the start. */
export interface Reading
  extends ListSurroundings, Omit<HookSurroundings, 'store'>, RetireSurroundings, WriteSurroundings<ClientSession> {
  readonly reviews: ReviewStore;
  readonly removals: RemovalUndo;
  readonly changed: (userId: string) => void;
  readonly health: () => Promise<Record<string, boolean>>;
}
