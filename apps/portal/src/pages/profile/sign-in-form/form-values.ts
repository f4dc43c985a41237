import type { Connection, Service } from '@daybook/contracts';

export type FormField = Service['methods'][number]['fields'][number];

/** A field of each such form, behind *More*. */
export const AUTHORITIES = 'certificateAuthorities';
export const SKIP = 'skipCertificateChecks';
/** Of contracts' `ewsSchema`. */
export const MAX_AUTHORITIES = 65_536;

export interface FormValues {
  /** By name of the field; empty where nothing is entered. */
  readonly texts: Readonly<Record<string, string>>;
  readonly skipCertificateChecks: boolean;
}

/** What a form begins with: its defaults, or what is `given` by name of the field. */
export function startValues(
  fields: readonly FormField[],
  given: Readonly<Record<string, string>> = {},
  skipCertificateChecks = false,
): FormValues {
  const texts = Object.fromEntries(fields.map((field) => [field.name, startOf(field, given[field.name])]));
  return { texts: { ...texts, [AUTHORITIES]: '' }, skipCertificateChecks };
}

function startOf({ default: usual, options }: FormField, given: string | undefined): string {
  const fits = given !== undefined && (options === undefined || options.includes(given));
  return fits ? given : (usual ?? options?.[0] ?? '');
}

/** The same for a connection that is there already. */
export function valuesOf(fields: readonly FormField[], { server, account }: Connection): FormValues {
  const names = fields.map(({ name }) => name);
  const email = names.includes('username') ? account : server?.username;
  const { certificateChecksSkipped = false, certificate: _certificate, ...texts } = server ?? {};
  // Where the server told no address, the account is the name to sign in with.
  const own = email && isAddress(email) ? { ...texts, email } : texts;
  return startValues(fields, own, certificateChecksSkipped);
}

/** `https://name:password@host`, with or without what stands before the name. */
export const holdsPassword = (url: string): boolean => /:.*@/s.test(url);

export const isAddress = (text: string): boolean => /^[^\s@\\]+@[^\s@\\]+$/.test(text);

/**
 * The `ews` of a request: what is entered, or of that only what differs from `before`. That certificates are not checked is said
 * anew each time: it goes on to no other host by itself.
 */
export function ewsOf(values: FormValues, before?: FormValues): Record<string, string | boolean> {
  const texts = Object.entries(values.texts)
    .map(([name, text]) => [name, name === 'password' ? text : text.trim()] as const)
    .filter(([name, text]) => text !== '' && text !== before?.texts[name]);
  const { skipCertificateChecks: skips } = values;
  return {
    ...Object.fromEntries(texts),
    ...(skips || before?.skipCertificateChecks ? { [SKIP]: skips } : {}),
  };
}
