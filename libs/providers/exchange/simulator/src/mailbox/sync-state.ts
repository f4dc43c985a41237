import { createHmac, timingSafeEqual } from 'node:crypto';
import { EwsRefusal } from '../soap/refusal';
import type { LogRow, SyncLog } from './sync-log';

/** What a client already has of a list, as it carries it back. */
export interface SyncState {
  /** Of which list: the key of a folder, the address of a mailbox. */
  readonly list: string;
  /** Everything up to here is known. */
  readonly since: number;
  /** While a round is under way: where it ends, and down to where it has come. */
  readonly until: number | null;
  readonly below: number | null;
}

export interface SyncPage {
  readonly rows: readonly LogRow[];
  readonly state: SyncState;
  readonly isLast: boolean;
}

export const beginning = (list: string): SyncState => ({ list, since: 0, until: null, below: null });

/** The next changes of a list, newest first; what never came to the client and is gone again is passed over. */
export function nextPage(log: SyncLog, state: SyncState, most: number): SyncPage {
  const until = state.until ?? log.version;
  const rows: LogRow[] = [];
  let isLast = true;
  for (const row of log.backwards(state.since, state.below ?? until + 1)) {
    if (row.isGone && row.bornVersion > state.since) continue;
    if (rows.length === most) {
      isLast = false;
      break;
    }
    rows.push(row);
  }
  const below = rows.at(-1)?.version ?? null;
  const next = isLast ? { since: until, until: null, below: null } : { since: state.since, until, below };
  return { rows, state: { list: state.list, ...next }, isLast };
}

const SIGN_LENGTH = 16;
const LONGEST = 4000;

/** Seals states, so that a client cannot make one up; the key must outlive a restart, as the states do. */
export class SyncStates {
  constructor(private readonly key: string) {}

  seal({ list, since, until, below }: SyncState): string {
    const payload = Buffer.from(JSON.stringify([list, since, until, below]));
    return Buffer.concat([this.sign(payload), payload]).toString('base64');
  }

  /**
   * Opens a state of this list; a client without one begins anew.
   * @throws EwsRefusal ErrorInvalidSyncStateData for anything that was not sealed here for this list
   */
  open(text: string | null, list: string): SyncState {
    if (text === null || text === '') return beginning(list);
    const bytes = Buffer.from(text.slice(0, LONGEST), 'base64');
    const [sign, payload] = [bytes.subarray(0, SIGN_LENGTH), bytes.subarray(SIGN_LENGTH)];
    const isOwn = sign.length === SIGN_LENGTH && timingSafeEqual(sign, this.sign(payload));
    const state = isOwn ? readState(payload.toString()) : null;
    if (state === null || state.list !== list) {
      throw new EwsRefusal('ErrorInvalidSyncStateData', 'Synchronization state data is corrupt or otherwise invalid.');
    }
    return state;
  }

  private sign(payload: Buffer): Buffer {
    return createHmac('sha256', this.key).update(payload).digest().subarray(0, SIGN_LENGTH);
  }
}

/** Reads what was signed here, and is therefore of this form. */
function readState(text: string): SyncState {
  const [list, since, until, below]: [string, number, number | null, number | null] = JSON.parse(text);
  return { list, since, until, below };
}
