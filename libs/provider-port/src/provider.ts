import type { AuthPort } from './auth-port';
import type { CalendarPort } from './calendar-port';
import type { ChangeNotificationPort } from './change-notification-port';
import type { ChangeWatchPort } from './change-watch-port';
import type { DiagnosisPort } from './diagnosis';

export interface ProviderDescription {
  /** As people know it: `Google`. */
  readonly label: string;
  /** How often to look without a hint, milliseconds. */
  readonly pollEveryMs: number;
}

/** A provider is a value made by one factory; what it cannot do is an absent member. */
export interface Provider {
  readonly key: string;
  readonly describe: ProviderDescription;
  readonly auth: AuthPort;
  readonly calendar?: CalendarPort;
  readonly notifications?: ChangeNotificationPort;
  readonly watching?: ChangeWatchPort;
  readonly diagnosis?: DiagnosisPort;
}
