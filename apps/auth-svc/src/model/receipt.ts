import type { Part, Receipt as ReceiptView, ReceiptNoteCode, ServiceName } from '@daybook/contracts';

export interface PurgeCounts {
  readonly calendars: number;
  readonly meetings: number;
  readonly ledgerEntries: number;
  readonly outboxRows: number;
}

/** The steps of a deletion, in order; each is safe to do again after a crash in its middle. */
export type DeletionStep = 'retire' | 'revoke' | 'destroy' | 'done';

/** The durable record of a deletion: what is done, what is to come, and what the person is told about it. */
export interface Receipt {
  readonly id: string;
  readonly connectionId: string;
  readonly accountId: string;
  readonly userId: string;
  readonly service: ServiceName;
  readonly provider: string;
  /** Of the linked account: another connection to it keeps the grant alive. */
  readonly subject: string | null;
  readonly account: string | null;
  readonly deletedAt: Date;
  readonly completedAt: Date | null;
  readonly revocation: ReceiptView['revocation'];
  readonly secretsDestroyed: boolean;
  readonly subscriptions: ReceiptView['subscriptions'];
  readonly step: DeletionStep;
  readonly attempts: number;
  readonly nextStepAt: Date;
  /** Parts whose services have to report their purge. */
  readonly expectedParts: readonly Part[];
  readonly purged: Readonly<Record<Part, PurgeCounts | null>>;
  /** The consent at the provider stays, because another connection lives on it. */
  readonly keptGrant: boolean;
}

/** Revoking is tried for a day; then the secret goes unrevoked. */
export const REVOKE_FOR_MS = 86_400_000;
/** How long a receipt can be read. */
export const RECEIPT_DAYS = 90;

const NOTHING: PurgeCounts = { calendars: 0, meetings: 0, ledgerEntries: 0, outboxRows: 0 };

export function isPurged({ expectedParts, purged }: Receipt): boolean {
  return expectedParts.every((part) => purged[part] !== null);
}

export function toReceiptView(receipt: Receipt): ReceiptView {
  const { id, connectionId, service, account, deletedAt, completedAt, revocation, secretsDestroyed } = receipt;
  return {
    id,
    connectionId,
    service,
    account,
    deletedAt: deletedAt.toISOString(),
    completedAt: completedAt?.toISOString() ?? null,
    revocation: receipt.keptGrant ? 'kept' : revocation,
    secretsDestroyed,
    subscriptions: receipt.subscriptions,
    purged: isPurged(receipt) ? sum(receipt) : null,
    notes: notesOf(receipt),
  };
}

function sum({ purged }: Receipt): PurgeCounts {
  return [purged.calendar, purged.contacts].reduce<PurgeCounts>(
    (total, counts) => (counts ? add(total, counts) : total),
    NOTHING,
  );
}

function add(left: PurgeCounts, right: PurgeCounts): PurgeCounts {
  return {
    calendars: left.calendars + right.calendars,
    meetings: left.meetings + right.meetings,
    ledgerEntries: left.ledgerEntries + right.ledgerEntries,
    outboxRows: left.outboxRows + right.outboxRows,
  };
}

function notesOf(receipt: Receipt): ReceiptView['notes'] {
  const givenUp = receipt.revocation === 'unreachable' && receipt.step !== 'revoke';
  const codes: readonly ReceiptNoteCode[] = [
    'events_kept',
    'deliveries_outside',
    ...(givenUp ? (['remove_it_yourself'] as const) : []),
  ];
  return codes.map((code) => ({ code, detail: DETAILS[code] }));
}

const DETAILS: Readonly<Record<ReceiptNoteCode, string>> = {
  events_kept: 'The event stream for other services keeps what it already holds for 7 days.',
  deliveries_outside: 'What was delivered to systems outside cannot be called back.',
  remove_it_yourself:
    'The provider could not be reached to take the consent back. You can remove it in your account there.',
};
