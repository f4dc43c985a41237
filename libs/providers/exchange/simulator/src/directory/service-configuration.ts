import type { Operation } from '../soap/operation';
import { childOf, element, type XmlElement } from '../wire/element';
import type { DirectorySurroundings } from './directory-around';

const MOST_BYTES = 32 * 1024 * 1024;
/** Hours after which a client asks again. */
const REFRESH_HOURS = 24;

/** `GetServiceConfiguration`: what this server offers beside mailboxes, which is nothing. */
export function getServiceConfiguration(around: DirectorySurroundings): Operation {
  return (request) => {
    const wanted = childOf(request, 'RequestedConfiguration')?.children ?? [];
    const names = [...new Set(wanted.flatMap(({ text }) => text.split(/\s+/)).filter((name) => name !== ''))];
    const messages = names.map((name) =>
      element(
        'ServiceConfigurationResponseMessageType',
        [element('ResponseCode', 'NoError'), configuration(around, name)],
        { ResponseClass: 'Success' },
      ),
    );
    return element(
      'GetServiceConfigurationResponse',
      [element('ResponseCode', 'NoError'), element('ResponseMessages', messages)],
      { ResponseClass: 'Success' },
    );
  };
}

function configuration(around: DirectorySurroundings, name: string): XmlElement | null {
  const domains = element('InternalDomains', domainsOf(around));
  if (name === 'MailTips') return mailTips(domains);
  if (name === 'UnifiedMessagingConfiguration') {
    return element(name, [
      element('UmEnabled', false),
      element('PlayOnPhoneDialString', ''),
      element('PlayOnPhoneEnabled', false),
    ]);
  }
  if (name !== 'ProtectionRules') return null;
  const rules = [element('Rules'), domains];
  return element('ProtectionRulesConfiguration', rules, { RefreshInterval: REFRESH_HOURS });
}

const mailTips = (domains: XmlElement): XmlElement =>
  element('MailTipsConfiguration', [
    element('MailTipsEnabled', false),
    element('MaxRecipientsPerGetMailTipsRequest', 0),
    element('MaxMessageSize', MOST_BYTES),
    element('LargeAudienceThreshold', 25),
    element('ShowExternalRecipientCount', false),
    domains,
    element('PolicyTipsEnabled', false),
    element('LargeAudienceCap', 1000),
  ]);

function domainsOf({ store }: DirectorySurroundings): XmlElement[] {
  const names = new Set(store.mailboxes.values().map(({ email }) => email.slice(email.indexOf('@') + 1)));
  return [...names].map((name) => element('Domain', [], { Name: name, IncludeSubdomains: false }));
}
