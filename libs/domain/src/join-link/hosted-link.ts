import { VENDORS } from './rules';

export interface HostedNumber {
  readonly kind: 'meeting' | 'webinar';
  /** 9 to 12 digits. */
  readonly number: string;
  readonly passcode: string;
}

/** The join link of a number of the brand's; null for a brand whose links are not made of numbers. */
export function hostedLink(brand: string, { kind, number, passcode }: HostedNumber): string | null {
  const issued = VENDORS.find(({ name }) => name.toLowerCase() === brand.trim().toLowerCase())?.issued;
  if (!issued) return null;
  const { host, path, passcodeIn } = issued;
  return `https://${host}${path[kind]}${number}?${passcodeIn}=${encodeURIComponent(passcode)}`;
}
