import type { MeetingTime } from '@daybook/domain';
import type { HookRequest, Provider, ProviderAccess, SignInForm } from '@daybook/provider-port';

/** An event as a person makes it at the provider. */
export interface PlainEvent {
  readonly title: string;
  readonly start: MeetingTime;
  readonly end: MeetingTime;
  /** RFC 5545 lines make it a series. */
  readonly lines?: readonly string[];
}

export interface MovedTo {
  readonly title?: string;
  readonly start: MeetingTime;
  readonly end: MeetingTime;
}

/** Strikes the next requests of the mailbox, `times` of them; `endless_page` stays until `calm`. */
export type ConformanceFault =
  | 'throttled'
  | 'unavailable'
  | 'cut'
  | 'cursor_expired'
  | 'empty_page'
  | 'endless_page'
  | 'bad_item'
  | 'timeout_before_write'
  | 'timeout_after_write'
  | 'conflict';

/** The other hand on the mailbox: what the person does there, past the adapter. Ids are the provider's. */
export interface ConformanceMailbox {
  /** The calendar all cases use, as the adapter lists it. */
  readonly calendarRemoteId: string;
  add(event: PlainEvent): Promise<string>;
  /** The same, with a zone written as another program would: a Windows name. */
  addWithForeignZone(title: string, civilStart: string, foreignZone: string): Promise<void>;
  change(remoteId: string, to: MovedTo): Promise<void>;
  remove(remoteId: string): Promise<void>;
  moveOccurrence(seriesRemoteId: string, originalStart: MeetingTime, to: MovedTo): Promise<void>;
  cancelOccurrence(seriesRemoteId: string, originalStart: MeetingTime): Promise<void>;
  addCalendar(name: string): Promise<string>;
  /** Gives an item something our side knows nothing of: a colour, a reminder. */
  adorn(remoteId: string): Promise<void>;
  isAdorned(remoteId: string): Promise<boolean>;
  /** Says whether an item takes the person's time. */
  setBusy(remoteId: string, isBusy: boolean): Promise<void>;
  /** Addresses that would have been mailed for what was written so far. */
  mailed(): Promise<readonly string[]>;
  fault(kind: ConformanceFault, times?: number): void;
  calm(): void;
  /** The person takes the consent back. */
  withdraw(): void;
}

/** One provider with one empty mailbox, made anew for each case. */
export interface ConformanceSubject {
  readonly provider: Provider;
  readonly mailbox: ConformanceMailbox;
  /** Whose mailbox it is. */
  readonly address: string;
  /** `its`: what guests answered cannot be written. */
  readonly answers?: 'its';
  /** Full access, good for now. */
  access(): Promise<ProviderAccess>;
  /** Access of somebody who allowed no writing. */
  accessToRead(): Promise<ProviderAccess>;
  /** Access of somebody who did not allow the calendar. */
  accessWithoutCalendar(): Promise<ProviderAccess>;
  /** Access of somebody in the same organisation, to whom nothing was shared. */
  accessOfColleague(): Promise<ProviderAccess>;
  refreshToken(): Promise<string>;
  /** What a person types, where they sign in with a form of ours. */
  readonly form?: SignInForm;
  /** The next call on the hook address; rejects when none comes. */
  nextHook(): Promise<HookRequest>;
  close(): Promise<void>;
}
