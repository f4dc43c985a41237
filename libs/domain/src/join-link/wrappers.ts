/**
 * Services that wrap links in mail and calendars, and where they keep the target: the table. Only wrappers that carry
 * the target in the link itself; those that keep it on their server (Mimecast's short tokens) cannot be opened without a
 * network call and stay closed.
 */

export type TargetPlace =
  /** Percent-encoded in the first of these query parameters that is there. */
  | { readonly in: 'parameter'; readonly names: readonly string[] }
  /** Base64 in a query parameter. */
  | { readonly in: 'base64'; readonly name: string }
  /** Percent-encoded as the last part of the path. */
  | { readonly in: 'path' }
  | { readonly in: 'proofpoint-v2' }
  | { readonly in: 'proofpoint-v3' };

export interface Wrapper {
  readonly name: string;
  /** Against the whole host name. */
  readonly host: RegExp;
  /** Against the path. */
  readonly path: RegExp;
  readonly target: TargetPlace;
}

const ANY = /^/;

export const WRAPPERS: readonly Wrapper[] = [
  {
    name: 'safelinks',
    host: /^(?:[a-z0-9-]+\.)*safelinks\.protection\.(?:outlook\.com|office365\.us|partner\.outlook\.cn)$/,
    path: ANY,
    target: { in: 'parameter', names: ['url'] },
  },
  {
    name: 'safelinks',
    host: /^statics\.teams\.cdn\.office\.net$/,
    path: /^\/evergreen-assets\/safelinks\//,
    target: { in: 'parameter', names: ['url'] },
  },
  {
    name: 'google',
    host: /^(?:www\.)?google\.(?:com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})$/,
    path: /^\/url\/?$/,
    target: { in: 'parameter', names: ['q', 'url'] },
  },
  {
    name: 'google',
    host: /^meet\.google\.com$/,
    path: /^\/linkredirect\/?$/,
    target: { in: 'parameter', names: ['dest'] },
  },
  {
    name: 'proofpoint',
    host: /^urldefense\.(?:proofpoint\.com|com|us)$/,
    path: /^\/v1\/url\/?$/,
    target: { in: 'parameter', names: ['u'] },
  },
  {
    name: 'proofpoint',
    host: /^urldefense\.(?:proofpoint\.com|com|us)$/,
    path: /^\/v2\/url\/?$/,
    target: { in: 'proofpoint-v2' },
  },
  {
    name: 'proofpoint',
    host: /^urldefense\.(?:proofpoint\.com|com|us)$/,
    path: /^\/v3\/__/,
    target: { in: 'proofpoint-v3' },
  },
  {
    name: 'mimecast',
    host: /^(?:[a-z0-9-]+\.)*mimecast(?:protect)?\.com$/,
    path: /^\/(?!s\/)/,
    target: { in: 'parameter', names: ['url', 'u'] },
  },
  {
    name: 'barracuda',
    host: /^linkprotect\.cudasvc\.com$/,
    path: /^\/url\/?$/,
    target: { in: 'parameter', names: ['a'] },
  },
  { name: 'cisco', host: /^secure-web\.cisco\.com$/, path: /^\/[^/]+\/https?/i, target: { in: 'path' } },
  {
    name: 'trellix',
    host: /^(?:[a-z0-9-]+\.)*fireeye\.com$/,
    path: /^\/(?:v\d\/)?url\/?$/,
    target: { in: 'parameter', names: ['u'] },
  },
  {
    name: 'symantec',
    host: /^clicktime\.symantec\.com$/,
    path: ANY,
    target: { in: 'parameter', names: ['u'] },
  },
  {
    name: 'trendmicro',
    host: /^(?:[a-z0-9-]+\.)*trendmicro\.com$/,
    path: /^\/wis\/clicktime\//,
    target: { in: 'parameter', names: ['url'] },
  },
  {
    name: 'sophos',
    host: /^(?:[a-z0-9-]+\.)*protection\.sophos\.com$/,
    path: ANY,
    target: { in: 'base64', name: 'u' },
  },
];
