/** A simulated Google account. */
export interface Mailbox {
  email: string;
  password: string;
  name: string;
  /** Google's stable subject id: 21 digits. */
  sub: string;
  timeZone: string;
  /** Ids of the calendars in its list, the primary one first. */
  calendars: string[];
}

/** What a person set for one calendar in the own list. */
export interface CalendarEntry {
  colorId?: string;
  summaryOverride?: string;
  hidden?: boolean;
  selected?: boolean;
  backgroundColor?: string;
  foregroundColor?: string;
  defaultReminders?: { method?: string; minutes?: number }[];
  version: number;
}

/** A consent: what a person allowed a client. */
export interface Grant {
  id: string;
  email: string;
  clientId: string;
  scopes: string[];
  /** Live refresh tokens, the oldest first; each with the scopes it may refresh. */
  refreshTokens: { token: string; scopes: string[]; issuedAt: number }[];
}

export interface AccessToken {
  token: string;
  grantId: string;
  email: string;
  clientId: string;
  scopes: string[];
  expiresAt: number;
}

/** A push channel (`events.watch` and its kin). */
export interface Channel {
  id: string;
  resourceId: string;
  resourceUri: string;
  /** `<kind>:<calendar id>`: what it watches. */
  watches: string;
  address: string;
  token?: string;
  expiresAt: number;
  email: string;
  clientId: string;
  nextNumber: number;
}
