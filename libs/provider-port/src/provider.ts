import type { AuthPort } from './auth-port';
import type { AvailabilityPort } from './availability-port';
import type { CalendarPort, ProviderAccess } from './calendar-port';
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
  /**
   * When the certificate expires (milliseconds since 1970) that the server of this access has shown, as of the last call in this
   * process; null where none was made yet, or where nobody minds. Only of servers that people name: those of a provider of its own
   * are its own affair.
   */
  readonly certificateExpiry?: (access: ProviderAccess) => number | null;
  /**
   * The server that this access is for, host and port; null for access that is none. Present where people name the server: what
   * a stranger's may take of us is bounded. Absent where all servers are the provider's own.
   */
  readonly serverOf?: (access: ProviderAccess) => string | null;
  readonly availability?: AvailabilityPort;
}
