import type { XmlElement } from '../wire/element';
import { childOf } from '../wire/element';
import type { ReadElement } from '../wire/read-xml';
import { NAMESPACES, typeOfElement } from '../wire/schema';
import { validate } from '../wire/validate';
import { requestVersion, type SchemaVersion, type ServerVersion } from './server-version';

/** What the headers of a request say. */
export interface RequestHeaders {
  readonly version: SchemaVersion;
  readonly timeZone: XmlElement | null;
  readonly culture: string | null;
  /** Children of `ConnectingSID`: `PrimarySmtpAddress`, `SID` and so on; null when nobody is impersonated. */
  readonly impersonated: XmlElement | null;
}

/**
 * Reads the headers that Exchange knows; others are passed over, as SOAP wants it.
 * @throws EwsFault ErrorInvalidServerVersion; SchemaViolation
 */
export function readHeaders(header: ReadElement | null, server: ServerVersion): RequestHeaders {
  const own = header?.children.filter(({ namespace }) => namespace === NAMESPACES['t']) ?? [];
  const versionHeader = own.find(({ name }) => name === 'RequestServerVersion');
  const version = requestVersion(versionHeader?.attributes['Version'] ?? null, server);
  const known = own.filter(({ name }) => name !== 'RequestServerVersion' && typeOfElement(`t:${name}`) !== null);
  const read = new Map(known.map((one) => [one.name, validate(one)]));
  const impersonation = read.get('ExchangeImpersonation') ?? null;
  const culture = read.get('MailboxCulture')?.text ?? '';
  return {
    version,
    timeZone: childOf(read.get('TimeZoneContext') ?? null, 'TimeZoneDefinition'),
    culture: culture === '' ? null : culture,
    impersonated: childOf(impersonation, 'ConnectingSID')?.children[0] ?? null,
  };
}
