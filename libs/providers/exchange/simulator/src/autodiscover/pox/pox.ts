import type { Answer, Incoming } from '@daybook/simulator-kit';
import type { AroundAutodiscover, Redirection } from '../around';
import { tag, xmlDocument, type Markup } from '../write-markup';
import { OUTLOOK_SCHEMA, readPoxRequest, RESPONSE_SCHEMA } from './pox-request';
import { settingsOf } from './pox-settings';

/** MS-OXDSCLI section 2.2.4.1.1.3.1. Messages are those that Exchange sends. */
const ERRORS = {
  500: "The email address can't be found.",
  501: 'Bad Address',
  600: 'Invalid Request',
  601: 'Provider is not available',
} as const;

/** A hash of the name of the computer, thus always the same. */
const COMPUTER_ID = '1054084152';

/** Plain old XML: `/autodiscover/autodiscover.xml`. Errors of Autodiscover have status 200, too. */
export function answerPox({ method, body }: Pick<Incoming, 'method' | 'body'>, around: AroundAutodiscover): Answer {
  // Whoever looks with a browser sees «Invalid Request».
  const request = method === 'POST' ? readPoxRequest(body) : null;
  if (request === null) return error(600, around);
  if (request.schema !== OUTLOOK_SCHEMA) return error(601, around);
  const entry = request.email === null ? null : around.directory.find(request.email);
  if (entry === null) return error(500, around);
  if (entry.redirection !== undefined) return answer([tag('Account', redirected(entry.redirection))], OUTLOOK_SCHEMA);
  if (entry.ewsUrl === null) return error(501, around);
  return answer(settingsOf({ entry, ewsUrl: entry.ewsUrl, server: around.server }), OUTLOOK_SCHEMA);
}

/** https://learn.microsoft.com/en-us/exchange/client-developer/exchange-web-services/handling-autodiscover-error-messages */
function redirected(redirection: Redirection): readonly Markup[] {
  return redirection.kind === 'address'
    ? [tag('Action', 'redirectAddr'), tag('RedirectAddr', redirection.email)]
    : [tag('AccountType', 'email'), tag('Action', 'redirectUrl'), tag('RedirectUrl', redirection.url)];
}

function error(code: keyof typeof ERRORS, { clock }: AroundAutodiscover): Answer {
  // The form of .NET: seven digits of a second.
  const time = new Date(clock.now()).toISOString().slice(11, 23).padEnd(16, '0');
  const children = [tag('ErrorCode', String(code)), tag('Message', ERRORS[code]), tag('DebugData')];
  return answer([tag('Error', children, { Time: time, Id: COMPUTER_ID })], RESPONSE_SCHEMA);
}

function answer(content: readonly Markup[], schema: string): Answer {
  const root = tag('Autodiscover', [tag('Response', content, { xmlns: schema })], { xmlns: RESPONSE_SCHEMA });
  return {
    status: 200,
    headers: { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'private' },
    body: xmlDocument(root),
  };
}
