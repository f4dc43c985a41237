import type { AroundAutodiscover } from '../around';
import { childrenNamed, descendant, type DocumentElement } from '../read-document';
import { tag, type Markup } from '../write-markup';
import { NIL } from './soap-envelope';
import { casVersion } from './user-settings';

const MOST_DOMAINS = 100;

/**
 * The content of `Response` to GetDomainSettings: one answer a domain.
 * https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getdomainsettings-operation-soap
 */
export function domainSettings(message: DocumentElement, around: AroundAutodiscover): readonly Markup[] {
  const domains = childrenNamed(descendant(message, 'Request', 'Domains'), 'Domain').map(({ text }) => text);
  const wanted = childrenNamed(descendant(message, 'Request', 'RequestedSettings'), 'Setting').map(({ text }) => text);
  if (domains.length === 0) return invalid('At least one domain must be requested.');
  if (domains.length > MOST_DOMAINS) return invalid(`No more than ${MOST_DOMAINS} domains may be requested.`);
  if (wanted.length === 0) return invalid('At least one setting must be requested.');
  const answers = domains.map((domain) => domainResponse(domain, [...new Set(wanted)], around));
  return [tag('ErrorCode', 'NoError'), tag('ErrorMessage'), tag('DomainResponses', answers)];
}

function invalid(message: string): readonly Markup[] {
  return [tag('ErrorCode', 'InvalidRequest'), tag('ErrorMessage', message), tag('DomainResponses')];
}

function domainResponse(domain: string, names: readonly string[], { directory, server }: AroundAutodiscover): Markup {
  const ewsUrl = directory.domainEwsUrl(domain.toLowerCase());
  if (ewsUrl === null) return response('InvalidDomain', `Invalid domain: '${domain}'`);
  const values: ReadonlyMap<string, string> = new Map([
    ['ExternalEwsUrl', ewsUrl],
    ['ExternalEwsVersion', casVersion(server)],
  ]);
  return response('NoError', 'No error.', {
    errors: names.filter((name) => !values.has(name)).map(settingError),
    settings: names.flatMap((name) => settingOf(name, values.get(name))),
  });
}

function response(
  code: string,
  message: string,
  { errors = [], settings = [] }: { errors?: readonly Markup[]; settings?: readonly Markup[] } = {},
): Markup {
  return tag('DomainResponse', [
    tag('ErrorCode', code),
    tag('ErrorMessage', message),
    tag('DomainSettingErrors', errors),
    tag('DomainSettings', settings),
    tag('RedirectTarget', '', NIL),
  ]);
}

function settingError(name: string): Markup {
  return tag('DomainSettingError', [
    tag('ErrorCode', 'InvalidSetting'),
    tag('ErrorMessage', `Domain setting '${name}' is invalid.`),
    tag('SettingName', name),
  ]);
}

function settingOf(name: string, value: string | undefined): readonly Markup[] {
  if (value === undefined) return [];
  return [tag('DomainSetting', [tag('Name', name), tag('Value', value)], { 'i:type': 'DomainStringSetting' })];
}
