import type { HttpOrder } from '@daybook/testing/stack';

/** A request nobody should send, and the one answer to it. */
export type HostileCase = readonly [what: string, path: string, order: HttpOrder, status: number, code: string];

const post = (order: HttpOrder): HttpOrder => ({ method: 'POST', ...order });
const json = { 'content-type': 'application/json' };
const text = (body: string | Uint8Array<ArrayBuffer>): HttpOrder => post({ body, headers: json });
const connect = { service: 'google', method: 'oauth2', permissions: { calendar: 'read', contacts: 'none' } };
const connections = '/v1/connections';
const patch = (order: HttpOrder): HttpOrder => ({ method: 'PATCH', ...order });
const invitation = { token: 'a'.repeat(43), email: 'root@example.com', name: 'Root', password: 'a long password' };

/** Bodies of a route that takes one, sent by somebody who may use it. */
export const hostileBodies: readonly HostileCase[] = [
  ['no JSON', connections, text('{"service": google}'), 400, 'malformed_json'],
  ['half a JSON', connections, text('{"service":"goo'), 400, 'malformed_json'],
  ['no body', connections, post({}), 400, 'malformed_json'],
  ['bytes that are not UTF-8', connections, text(new Uint8Array([0x7b, 0x22, 0xff, 0xfe])), 400, 'malformed_json'],
  ['deep nesting', connections, text('['.repeat(20_000) + ']'.repeat(20_000)), 400, 'malformed_json'],
  ['a prototype', connections, text('{"__proto__":{"role":"administrator"}}'), 400, 'malformed_json'],
  ['300 kB', connections, text(JSON.stringify({ ...connect, more: 'x'.repeat(300_000) })), 413, 'body_too_large'],
  [
    'another media type',
    connections,
    post({ body: 'service=google', headers: { 'content-type': 'text/plain' } }),
    415,
    'unsupported_media_type',
  ],
  ...[null, [], 7, 'google', true].map((value): HostileCase => [
    `JSON that is ${JSON.stringify(value)}`,
    connections,
    post({ json: value }),
    422,
    'invalid_body',
  ]),
  ['wrong types', connections, post({ json: { ...connect, service: { $ne: null } } }), 422, 'invalid_body'],
  ['an unknown service', connections, post({ json: { ...connect, service: 'icloud' } }), 422, 'invalid_body'],
  [
    'an unknown permission',
    connections,
    post({ json: { ...connect, permissions: { calendar: 'own', contacts: 'none' } } }),
    422,
    'invalid_body',
  ],
  ['an unknown field', connections, post({ json: { ...connect, userId: 'usr_somebody' } }), 422, 'invalid_body'],
  [
    'a method the service lacks',
    connections,
    post({ json: { ...connect, method: 'ews' } }),
    422,
    'capability_not_available',
  ],
  [
    'a part that is not there yet',
    connections,
    post({ json: { ...connect, permissions: { calendar: 'read', contacts: 'read' } } }),
    422,
    'capability_not_available',
  ],
  [
    'an object for a password',
    '/v1/auth/sign-in',
    post({ json: { email: 'ben@example.com', password: { $gt: '' } } }),
    422,
    'invalid_body',
  ],
  ['no sign-in at all', '/v1/auth/sign-in', text('{"email":'), 400, 'malformed_json'],
  [
    'another field of a sign-in',
    '/v1/auth/sign-in',
    post({ json: { email: 'ben@example.com', password: 'daybook', role: 'administrator' } }),
    422,
    'invalid_body',
  ],
  [
    'a password of 200 kB',
    '/v1/auth/sign-in',
    post({ json: { email: 'ben@example.com', password: 'x'.repeat(200_000) } }),
    422,
    'invalid_body',
  ],
  ['a made-up invitation', '/v1/auth/first-administrator', post({ json: invitation }), 400, 'ticket_invalid'],
  ['a zone that is a path', '/v1/me', patch({ json: { timeZone: '../../etc/passwd' } }), 422, 'invalid_body'],
  ['a language that is a list', '/v1/me', patch({ json: { language: ['de'] } }), 422, 'invalid_body'],
  ['a licence for oneself', '/v1/me', patch({ json: { licences: { phone: true } } }), 422, 'invalid_body'],
  [
    'a wrong password',
    '/v1/auth/sign-in',
    post({ json: { email: 'nobody@example.com', password: 'daybook' } }),
    401,
    'invalid_credentials',
  ],
  [
    'a sign-in from another site',
    '/v1/auth/sign-in',
    post({ json: {}, headers: { origin: 'https://evil.example' } }),
    403,
    'csrf_rejected',
  ],
];

const id = (path: string): HostileCase => [`the id ${path.slice(0, 60)}`, path, {}, 404, 'not_found'];
const query = (search: string): HostileCase => [
  `the query ${search.slice(0, 60)}`,
  `/v1/meetings?${search}`,
  {},
  400,
  'invalid_query',
];

/** Addresses and queries. */
export const hostileAddresses: readonly HostileCase[] = [
  id('/v1/connections/con_00000000000000000000000000'),
  id('/v1/connections/..%2f..%2fetc%2fpasswd'),
  id('/v1/connections/%00'),
  id(`/v1/connections/${'x'.repeat(199)}`),
  id('/v1/connections/{"$ne":null}'),
  id('/v1/meetings/mtg_none.20261130T081500Z'),
  id('/v1/meetings/mtg_none.20269999T999999Z'),
  id('/v1/receipts/rcp_none'),
  id('/v1/nothing/here'),
  ['an id that is no text in UTF-8', '/v1/connections/%ff', {}, 400, 'bad_request'],
  ['a verb the address does not take', '/v1/meetings', { method: 'DELETE' }, 405, 'method_not_allowed'],
  query('from=yesterday'),
  query('limit=0'),
  query('limit=1e9'),
  query('limit=50&limit=60'),
  query('order=asc'),
  query('from[$gt]=2026-01-01T00:00:00Z'),
  query('from=2026-12-01T00:00:00Z&to=2026-11-01T00:00:00Z'),
  query('from=1970-01-01T00:00:00Z&to=2099-01-01T00:00:00Z'),
  query('cursor=%7B%22%24ne%22%3Anull%7D'),
  query(`q=${'a'.repeat(201)}`),
  ['a cursor of changes that is not ours', '/v1/meetings/changes?since=eyJhIjoxfQ', {}, 410, 'cursor_expired'],
  ['meetings of somebody else', '/v1/meetings?hostedBy=usr_somebody', {}, 404, 'not_found'],
  ['a calendar of nobody', '/v1/meetings?calendar=cal_none', {}, 404, 'not_found'],
];

const bearer = (token: string): HttpOrder => ({ headers: { authorization: `Bearer ${token}` } });
const cookie = (value: string): HttpOrder => ({ headers: { cookie: `daybook_refresh=${value}` } });
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { iss: 'daybook', sub: 'usr_a', acc: 'acc_a', rol: 'administrator', sid: 'ses_a', exp: 4_102_444_800 };

/** Who one is not. */
export const hostileBearers: readonly HostileCase[] = [
  ['nothing', '/v1/me', { headers: { authorization: '' } }, 401, 'unauthenticated'],
  ['another scheme', '/v1/me', { headers: { authorization: 'Basic YWRhOmRheWJvb2s=' } }, 401, 'unauthenticated'],
  ['a token without signature', '/v1/me', bearer(`${part({ alg: 'none' })}.${part(claims)}.`), 401, 'unauthenticated'],
  [
    'a token signed with a shared secret',
    '/v1/me',
    bearer(`${part({ alg: 'HS256' })}.${part(claims)}.c2ln`),
    401,
    'unauthenticated',
  ],
  ['an API key that was never made', '/v1/meetings', bearer(`dbk_${'a'.repeat(43)}`), 401, 'unauthenticated'],
  ['a token of 15 kB', '/v1/me', bearer('a'.repeat(15_000)), 401, 'unauthenticated'],
  ['a refresh cookie that was never given', '/v1/auth/refresh', post(cookie('made-up')), 401, 'session_ended'],
];

const channel = {
  'x-goog-channel-id': 'made-up',
  'x-goog-channel-token': 'guessed',
  'x-goog-resource-id': 'res',
  'x-goog-resource-state': 'exists',
  'x-goog-message-number': '1',
};
/** Calls on the public hooks; only their status is told, since a forger learns nothing. */
export type ForgedHook = readonly [what: string, path: string, order: HttpOrder];
export const forgedHooks: readonly ForgedHook[] = [
  ['an unknown channel', '/hooks/google', post({ headers: channel })],
  ['no headers at all', '/hooks/google', post({ body: '{}' })],
  ['an unknown state', '/hooks/google', post({ headers: { ...channel, 'x-goog-resource-state': 'burning' } })],
  ['a huge body', '/hooks/google', post({ headers: channel, body: 'x'.repeat(300_000) })],
  ['an unknown provider', '/hooks/nobody', post({ headers: channel })],
  ['a path', '/hooks/..%2fv1%2fme', post({ headers: channel })],
  ['a question', '/hooks/google?validationToken=x', { headers: channel }],
];

/** Calls by somebody who knows the channel, but not its secret. */
export function hooksOnChannel({
  channelId,
  resourceId,
}: {
  channelId: string;
  resourceId: string | null;
}): ForgedHook[] {
  const known = { ...channel, 'x-goog-channel-id': channelId, 'x-goog-resource-id': resourceId ?? '' };
  const call = (what: string, headers: Record<string, string>): ForgedHook => [
    what,
    '/hooks/google',
    post({ headers }),
  ];
  const { 'x-goog-channel-token': _token, ...without } = known;
  return [
    call('the wrong secret', known),
    call('no secret', without),
    call('an empty secret', { ...known, 'x-goog-channel-token': '' }),
    call('a secret of 10 kB', { ...known, 'x-goog-channel-token': 'a'.repeat(10_000) }),
    call('another resource', { ...known, 'x-goog-resource-id': 'another' }),
    call('the end of the channel', { ...known, 'x-goog-resource-state': 'not_exists' }),
  ];
}
