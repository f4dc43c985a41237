import type { SignInItem } from '@daybook/contracts';
import type { FaultView } from '../../../api/api-problem';
import {
  AUTHORITIES,
  holdsPassword,
  isAddress,
  MAX_AUTHORITIES,
  SKIP,
  type FormField,
  type FormValues,
} from './form-values';

/** What the form finds by itself, what a server says of a field, or the code of the step that failed because of it. */
export type FormFault =
  | { readonly own: 'filled' | 'email' | 'where' | 'secret' | 'pem' | 'tooLong' }
  | Pick<FaultView, 'code' | 'detail'>
  | { readonly item: SignInItem };
export type FormFaults = Readonly<Record<string, FormFault>>;

/** What a person has to look at before anything is sent. */
export function checkForm(fields: readonly FormField[], { texts }: FormValues): FormFaults {
  const faults: Record<string, FormFault> = {};
  const textOf = (name: string) => texts[name]?.trim() ?? '';
  for (const { name, type, required } of fields) {
    const text = textOf(name);
    if (required && (type === 'password' ? texts[name] : text) === '') faults[name] = { own: 'filled' };
    else if (type === 'email' && text !== '' && !isAddress(text)) faults[name] = { own: 'email' };
  }
  const names = fields.map(({ name }) => name);
  const findable = textOf('url') !== '' || isAddress(textOf('email')) || isAddress(textOf('username'));
  if (!findable && names.includes('url')) faults.url ??= { own: 'where' };
  if (holdsPassword(textOf('url'))) faults.url = { own: 'secret' };
  const authorities = textOf(AUTHORITIES);
  if (authorities.length > MAX_AUTHORITIES) faults[AUTHORITIES] = { own: 'tooLong' };
  else if (authorities !== '' && !authorities.includes('-----BEGIN CERTIFICATE-----'))
    faults[AUTHORITIES] = { own: 'pem' };
  return faults;
}

const places: Record<string, string> = {
  password_refused: 'password',
  not_found_by_address: 'url',
  no_services_there: 'url',
  host_not_allowed: 'url',
  host_unconfirmed: 'url',
  plain_http_refused: 'url',
  too_many_redirects: 'url',
  address_not_found: 'url',
  address_blocked: 'url',
  no_connection: 'url',
  version_refused: 'version',
  certificate_refused: AUTHORITIES,
  authorities_unreadable: AUTHORITIES,
  untrusted_not_allowed: SKIP,
};

/** The field that the deciding step is about, if one can be blamed: the last that failed decided. */
export function faultOfSteps(items: readonly SignInItem[]): FormFaults {
  const item = items.findLast(({ outcome }) => outcome === 'failed');
  const place = item?.code === undefined ? undefined : places[item.code];
  return item && place !== undefined ? { [place]: { item } } : {};
}

/** A server's complaints about `ews.…`, each at its field of the form. */
export function faultsOfFields(complaints: readonly FaultView[], names: readonly string[]): FormFaults {
  return Object.fromEntries(
    complaints.flatMap(({ field, code, detail }) => {
      const name = field.split('.').at(-1) ?? '';
      return names.includes(name) ? [[name, { code, detail }]] : [];
    }),
  );
}
