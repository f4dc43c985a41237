/** On whose behalf a request is made, as its access token says. */
export interface Principal {
  /** Address of the person's mailbox; empty of an application that acts for nobody. */
  readonly email: string;
  /** Object id of the person, or of the application. */
  readonly oid: string;
  readonly tenantId: string;
  /** Short names as granted: `Calendars.ReadWrite`; of an application its roles. */
  readonly scopes: readonly string[];
  readonly appOnly: boolean;
}
