import { element, type XmlElement } from '../wire/element';
import { EwsFault } from './refusal';

/** Versions a request may name, oldest first. Source: the enumeration `ExchangeVersionType` and what later servers added. */
export const SCHEMA_VERSIONS = [
  'Exchange2007',
  'Exchange2007_SP1',
  'Exchange2010',
  'Exchange2010_SP1',
  'Exchange2010_SP2',
  'Exchange2013',
  'Exchange2013_SP1',
  'Exchange2015',
  'Exchange2016',
  'V2015_10_05',
  'V2016_01_06',
  'V2016_04_13',
  'V2016_07_13',
  'V2016_10_10',
  'V2017_01_07',
  'V2017_04_14',
  'V2017_07_11',
  'V2017_10_09',
  'V2018_01_08',
] as const;

export type SchemaVersion = (typeof SCHEMA_VERSIONS)[number];

/** The build a server answers with, and the newest version that a request may ask it for. */
export interface ServerVersion {
  readonly major: number;
  readonly minor: number;
  readonly majorBuild: number;
  readonly minorBuild: number;
  readonly newest: SchemaVersion;
}

/** Exchange Server Subscription Edition, first release. */
export const SUBSCRIPTION_EDITION: ServerVersion = {
  major: 15,
  minor: 2,
  majorBuild: 1748,
  minorBuild: 10,
  newest: 'V2017_07_11',
};

/**
 * Servers that can be simulated: the last build of each, or the first one of the Subscription Edition.
 * https://learn.microsoft.com/en-us/exchange/new-features/build-numbers-and-release-dates
 */
export const SERVER_VERSIONS = {
  '2010': { major: 14, minor: 3, majorBuild: 513, minorBuild: 0, newest: 'Exchange2010_SP2' },
  '2013': { major: 15, minor: 0, majorBuild: 1497, minorBuild: 48, newest: 'Exchange2013_SP1' },
  '2016': { major: 15, minor: 1, majorBuild: 2507, minorBuild: 61, newest: 'V2017_07_11' },
  '2019': { major: 15, minor: 2, majorBuild: 1544, minorBuild: 36, newest: 'V2017_07_11' },
  SE: SUBSCRIPTION_EDITION,
} as const satisfies Readonly<Record<string, ServerVersion>>;

export type ServerName = keyof typeof SERVER_VERSIONS;

export const SERVER_NAMES: readonly ServerName[] = ['2010', '2013', '2016', '2019', 'SE'];

const OLDEST: SchemaVersion = 'Exchange2007';

/**
 * The version of a request: the oldest one when it names none.
 * @throws EwsFault ErrorInvalidServerVersion for one that nobody knows or that is newer than the server
 */
export function requestVersion(text: string | null, server: ServerVersion): SchemaVersion {
  if (text === null) return OLDEST;
  const known = SCHEMA_VERSIONS.find((version) => version === text);
  if (known === undefined || !isAtLeast(server.newest, known)) {
    throw new EwsFault('ErrorInvalidServerVersion', 'The specified server version is invalid.');
  }
  return known;
}

/** Whether a version is another one or newer. */
export const isAtLeast = (version: SchemaVersion, other: SchemaVersion): boolean =>
  SCHEMA_VERSIONS.indexOf(version) >= SCHEMA_VERSIONS.indexOf(other);

export const serverVersionInfo = (server: ServerVersion): XmlElement =>
  element('ServerVersionInfo', [], {
    MajorVersion: server.major,
    MinorVersion: server.minor,
    MajorBuildNumber: server.majorBuild,
    MinorBuildNumber: server.minorBuild,
    Version: server.newest,
  });
