import { Secret } from '@daybook/platform/crypto';
import { z } from 'zod';

interface Reading<T> {
  /** What the operator should write, for the list of faults and the table of settings. */
  readonly expected: string;
  readonly secret?: boolean;
  /** The value, or undefined when the text is not acceptable. */
  read(text: string): T | undefined;
}

/** A zod type from the text of a variable to its value. Chain `.optional()`, `.default(value)` and `.describe('…')` on it. */
function fromText<T>({ expected, secret = false, read }: Reading<T>) {
  return z
    .string()
    .transform((text, context): T => {
      const value = read(text.trim());
      if (value === undefined) {
        context.addIssue({ code: 'custom', message: 'is not valid' });
        return z.NEVER;
      }
      return value;
    })
    .meta({ expected, secret });
}

function integer({ min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {}) {
  return fromText({
    expected:
      max === Number.MAX_SAFE_INTEGER ? `a whole number, at least ${min}` : `a whole number from ${min} to ${max}`,
    read: (text) => {
      const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? value : undefined;
    },
  });
}

function url({ protocols = ['http:', 'https:'] }: { protocols?: readonly string[] } = {}) {
  return fromText({
    expected: `an address starting with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    read: (text) => {
      const parsed = URL.canParse(text) ? new URL(text) : null;
      return parsed && protocols.includes(parsed.protocol) && parsed.host !== '' ? text.replace(/\/+$/, '') : undefined;
    },
  });
}

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  '1': true,
  yes: true,
  on: true,
  false: false,
  '0': false,
  no: false,
  off: false,
};

function boolean() {
  return fromText({ expected: 'true or false', read: (text) => truths[text.toLowerCase()] });
}

function list() {
  return fromText({
    expected: 'a list, separated by commas',
    read: (text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
  });
}

function text({ min = 1 }: { min?: number } = {}) {
  return fromText({
    expected: min > 1 ? `text of at least ${min} characters` : 'text',
    read: (given) => (given.length >= min ? given : undefined),
  });
}

function secret({ min = 1 }: { min?: number } = {}) {
  return fromText({
    expected: `a secret of at least ${min} characters`,
    secret: true,
    read: (given) => (given.length >= min ? Secret.of(given) : undefined),
  });
}

function oneOf<const T extends string>(choices: readonly T[]) {
  return fromText<T>({
    expected: `one of ${choices.join(', ')}`,
    read: (given) => choices.find((choice) => choice === given),
  });
}

/** The kinds of settings a service may have; each reads one environment variable. */
export const setting = {
  /** A TCP port; 0 lets the system choose. */
  port: () => integer({ min: 0, max: 65_535 }),
  integer,
  /** An absolute address, given back without slashes at its end. */
  url,
  boolean,
  list,
  text,
  secret,
  oneOf,
};
