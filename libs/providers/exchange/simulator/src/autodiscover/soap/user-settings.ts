import type { AroundAutodiscover, AutodiscoverEntry, AutodiscoverServer } from '../around';
import { deploymentId, legacyDn, mailboxDn, serverDn } from '../legacy-names';
import { childrenNamed, descendant, type DocumentElement } from '../read-document';
import { tag, type Markup } from '../write-markup';
import { SETTING_NAMES } from './setting-names';
import { NIL } from './soap-envelope';

/** Clients of Microsoft send no more at once. */
const MOST_USERS = 100;
const NO_TARGET = tag('RedirectTarget', '', NIL);

/**
 * The content of `Response` to GetUserSettings: one answer a person, in the order of the request.
 * https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getusersettings-operation-soap
 */
export function userSettings(message: DocumentElement, around: AroundAutodiscover): readonly Markup[] {
  const users = childrenNamed(descendant(message, 'Request', 'Users'), 'User');
  const wanted = childrenNamed(descendant(message, 'Request', 'RequestedSettings'), 'Setting').map(({ text }) => text);
  if (users.length === 0) return invalid('At least one user must be requested.');
  if (users.length > MOST_USERS) return invalid(`No more than ${MOST_USERS} users may be requested.`);
  if (wanted.length === 0) return invalid('At least one setting must be requested.');
  const names = [...new Set(wanted)];
  const answers = users.map((user) => {
    const email = descendant(user, 'Mailbox')?.text ?? '';
    return userResponse(email, { entry: around.directory.find(email.toLowerCase()), names, server: around.server });
  });
  return [tag('ErrorCode', 'NoError'), tag('ErrorMessage'), tag('UserResponses', answers)];
}

function invalid(message: string): readonly Markup[] {
  return [tag('ErrorCode', 'InvalidRequest'), tag('ErrorMessage', message), tag('UserResponses')];
}

interface Found {
  readonly entry: AutodiscoverEntry | null;
  readonly names: readonly string[];
  readonly server: AutodiscoverServer;
}

function userResponse(email: string, { entry, names, server }: Found): Markup {
  if (entry === null) return withoutSettings('InvalidUser', `Invalid user: '${email}'`, NO_TARGET);
  const { redirection } = entry;
  if (redirection !== undefined) {
    return redirection.kind === 'address'
      ? withoutSettings('RedirectAddress', 'Redirection address.', tag('RedirectTarget', redirection.email))
      : withoutSettings('RedirectUrl', 'Redirection URL.', tag('RedirectTarget', redirection.url));
  }
  const values = valuesOf(entry, server);
  return tag('UserResponse', [
    tag('ErrorCode', 'NoError'),
    tag('ErrorMessage', 'No error.'),
    NO_TARGET,
    tag('UserSettingErrors', names.filter((name) => !values.has(name)).map(settingError)),
    tag(
      'UserSettings',
      names.flatMap((name) => settingOf(name, values.get(name))),
    ),
  ]);
}

function withoutSettings(code: string, message: string, target: Markup): Markup {
  return tag('UserResponse', [
    tag('ErrorCode', code),
    tag('ErrorMessage', message),
    target,
    tag('UserSettingErrors'),
    tag('UserSettings'),
  ]);
}

function settingError(name: string): Markup {
  const [code, message] = SETTING_NAMES.has(name)
    ? ['SettingIsNotAvailable', `User setting '${name}' is not available.`]
    : ['InvalidSetting', `User setting '${name}' is invalid.`];
  return tag('UserSettingError', [tag('ErrorCode', code), tag('ErrorMessage', message), tag('SettingName', name)]);
}

function settingOf(name: string, value: string | undefined): readonly Markup[] {
  if (value === undefined) return [];
  return [tag('UserSetting', [tag('Name', name), tag('Value', value)], { 'i:type': 'StringSetting' })];
}

function valuesOf(entry: AutodiscoverEntry, server: AutodiscoverServer): ReadonlyMap<string, string> {
  return new Map([
    ['UserDisplayName', entry.displayName],
    ['UserDN', legacyDn(server, entry.email)],
    ['UserDeploymentId', deploymentId(server)],
    ['AutoDiscoverSMTPAddress', entry.email],
    ['UserMSOnline', 'False'],
    ['MailboxDN', mailboxDn(server)],
    ['InternalMailboxServer', server.hostName],
    ['InternalMailboxServerDN', serverDn(server)],
    ['InternalRpcClientServer', server.hostName],
    ['CasVersion', casVersion(server)],
    ['EwsSupportedSchemas', server.schemas.join(', ')],
    ['GroupingInformation', server.organization],
    ...(entry.ewsUrl === null ? [] : serviceValues(entry, entry.ewsUrl, server)),
  ]);
}

function serviceValues(entry: AutodiscoverEntry, ewsUrl: string, server: AutodiscoverServer): [string, string][] {
  const internal = entry.internalEwsUrl ?? ewsUrl;
  return [
    ['ExternalEwsUrl', ewsUrl],
    ['ExternalEmwsUrl', ewsUrl],
    ['ExternalEwsVersion', casVersion(server)],
    ['ExternalMailboxServer', new URL(ewsUrl).hostname],
    ['InternalEwsUrl', internal],
    ['InternalEmwsUrl', internal],
  ];
}

/** `15.02.1748.010` */
export function casVersion({ major, minor, majorBuild, minorBuild }: AutodiscoverServer): string {
  const padded = (value: number, digits: number) => String(value).padStart(digits, '0');
  return [padded(major, 2), padded(minor, 2), padded(majorBuild, 4), padded(minorBuild, 3)].join('.');
}
