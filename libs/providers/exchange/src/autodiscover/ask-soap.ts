/**
 * Autodiscover in SOAP, with the password.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/getusersettings-operation-soap.
 */
import { asText, type ForeignRecord, isRecord, listOf, type ProviderHttpResponse } from '@daybook/provider-port';
import { isMailAddress } from '../auth/form-account';
import { markup } from '../transport/markup';
import { readAnswer } from '../transport/read-answer';
import { UnreadableAnswer } from '../transport/record-reader';
import { list, record, text } from '../transport/record-shape';
import { isPasswordRefused, offersOurs } from '../transport/refusal-of-access';
import { askSigned, type Asking, isRedirect } from './asking';
import { type Finding, NOTHING, placeAt, servicesAt } from './finding';

const SPACES = {
  'xmlns:s': 'http://schemas.xmlsoap.org/soap/envelope/',
  'xmlns:w': 'http://www.w3.org/2005/08/addressing',
  'xmlns:a': 'http://schemas.microsoft.com/exchange/2010/Autodiscover',
};
const ACTION = 'http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings';
const SETTINGS = ['ExternalEwsUrl', 'InternalEwsUrl'];
const USER = record({
  ErrorCode: text(60),
  RedirectTarget: text(2048),
  UserSettings: list({ UserSetting: record({ Name: text(60), Value: text(2048) }) }),
});
const RESPONSE = record({ UserResponses: list({ UserResponse: USER }) });
const SHAPE = record({ Body: record({ GetUserSettingsResponseMessage: record({ Response: RESPONSE }) }) });

export async function askSoap(asking: Asking, origin: URL): Promise<Finding> {
  const url = new URL('/autodiscover/autodiscover.svc', origin);
  const headers = { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml', soapaction: `"${ACTION}"` };
  const response = await askSigned(asking, url, { headers, body: requestFor(asking.email, url) });
  if (response === null) return { type: 'silent' };
  if (isPasswordRefused(response)) return { type: 'refused' };
  // It offers a way in and does not keep to it: the password is shown to it in no other.
  if (response.status === 401 && offersOurs(response)) return { type: 'silent' };
  if (isRedirect(response)) return placeAt(response.headers['location'] ?? '', url);
  return response.status === 200 ? findingIn(response) : NOTHING;
}

function requestFor(email: string, url: URL): string {
  const header = markup('s:Header', {}, [
    markup('a:RequestedServerVersion', {}, 'Exchange2010'),
    markup('w:Action', {}, ACTION),
    markup('w:To', {}, url.href),
  ]);
  const request = markup('a:Request', {}, [
    markup('a:Users', {}, [markup('a:User', {}, [markup('a:Mailbox', {}, email)])]),
    markup(
      'a:RequestedSettings',
      {},
      SETTINGS.map((name) => markup('a:Setting', {}, name)),
    ),
  ]);
  const body = markup('s:Body', {}, [markup('a:GetUserSettingsRequestMessage', {}, [request])]);
  return `<?xml version="1.0" encoding="utf-8"?>${markup('s:Envelope', SPACES, [header, body]).markup}`;
}

async function findingIn({ body }: ProviderHttpResponse): Promise<Finding> {
  try {
    const message = within(
      await readAnswer(body, 'Envelope', SHAPE),
      'Body',
      'GetUserSettingsResponseMessage',
      'Response',
    );
    const [user] = listOf(message['UserResponses']).filter(isRecord);
    return user === undefined ? NOTHING : userIn(user);
  } catch (error) {
    if (error instanceof UnreadableAnswer) return NOTHING;
    throw error;
  }
}

function userIn(user: ForeignRecord): Finding {
  const target = asText(user['RedirectTarget'], 2048).trim();
  switch (asText(user['ErrorCode'], 60).trim()) {
    case 'RedirectAddress':
      return isMailAddress(target) ? { type: 'address', email: target } : NOTHING;
    case 'RedirectUrl':
      return placeAt(target);
    case 'InvalidUser':
      return { type: 'unknown' };
    default: {
      const settings = listOf(user['UserSettings']).filter(isRecord);
      const named = (name: string) => settings.filter(({ Name: told }) => told === name);
      return servicesAt(SETTINGS.flatMap(named).map(({ Value: value }) => asText(value, 2048)));
    }
  }
}

const within = (told: ForeignRecord, ...names: readonly string[]): ForeignRecord =>
  names.reduce((parent: ForeignRecord, name) => {
    const member = parent[name];
    return isRecord(member) ? member : {};
  }, told);
