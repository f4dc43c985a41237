import { entraRefusals } from './entra-error';

const GRAPH = 'https://graph.microsoft.com/';
/** Permissions about who somebody is: never a tick box, always granted. */
const IDENTITY = ['openid', 'profile', 'email', 'offline_access'];

/** What the consent page says about each permission with a tick box. */
const LABELS: Readonly<Record<string, string>> = {
  'User.Read': 'Sign you in and read your profile',
  'User.ReadBasic.All': "Read all users' basic profiles",
  'User.Read.All': "Read all users' full profiles",
  'Directory.Read.All': 'Read directory data',
  'Calendars.ReadBasic': 'Read basic details of your calendars',
  'Calendars.Read': 'Read your calendars',
  'Calendars.ReadWrite': 'Have full access to your calendars',
  'Calendars.Read.Shared': 'Read calendars you can access',
  'Calendars.ReadWrite.Shared': 'Read and write to your and shared calendars',
  'MailboxSettings.Read': 'Read your mailbox settings',
  'MailboxSettings.ReadWrite': 'Read and write to your mailbox settings',
  'Contacts.Read': 'Read your contacts',
  'Contacts.ReadWrite': 'Have full access of your contacts',
  'Contacts.Read.Shared': 'Read your and shared contacts',
  'Contacts.ReadWrite.Shared': 'Read and write to your and shared contacts',
  'People.Read': 'Read your relevant people lists',
  'OnlineMeetings.ReadWrite': 'Read and create your online meetings',
  'Mail.Send': 'Send mail as you',
};
const BY_LOWER = new Map(Object.keys(LABELS).map((name) => [name.toLowerCase(), name]));

/** A permission as it was asked for, and its short name. `.default` stands for all that was consented to. */
export interface AskedScope {
  asked: string;
  name: string;
}

export const DEFAULT_SCOPE = '.default';

export const isIdentityScope = (name: string): boolean => IDENTITY.includes(name);
export const scopeLabel = (name: string): string => LABELS[name] ?? name;

/**
 * Reads a `scope` parameter: short names and those with Graph's address, in any case; doubles fall away.
 * @throws EntraError for permissions of other resources
 */
export function readScopes(text: string, unknown: (scope: string) => Error): AskedScope[] {
  const found = new Map<string, AskedScope>();
  for (const asked of text.split(/\s+/).filter(Boolean)) {
    const name = nameOf(asked, unknown);
    if (!found.has(name)) found.set(name, { asked, name });
  }
  return [...found.values()];
}

function nameOf(asked: string, unknown: (scope: string) => Error): string {
  const lower = asked.toLowerCase();
  if (IDENTITY.includes(lower)) return lower;
  const isOfGraph = lower.startsWith(GRAPH);
  if (!isOfGraph && /^(https?|api):\/\//.test(lower)) throw entraRefusals.severalResources();
  const short = isOfGraph ? lower.slice(GRAPH.length).replace(/^\//, '') : lower;
  if (short === DEFAULT_SCOPE) return DEFAULT_SCOPE;
  const known = BY_LOWER.get(short);
  if (known === undefined) throw unknown(asked);
  return known;
}
