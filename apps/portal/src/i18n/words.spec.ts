import { describe, expect, it } from 'vitest';
import {
  fieldFaultCodeSchema,
  legCodeSchema,
  lossCodeSchema,
  problemCatalog,
  reasonCodeSchema,
  refusalCodeSchema,
  receiptNoteCodeSchema,
  receiptSchema,
  standingCodeSchema,
} from '@daybook/contracts';
import { de } from './de';
import { en } from './en';

function flatten(words: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string') flat.set(prefix + name, value);
    else for (const [key, text] of flatten(value, `${prefix}${name}.`)) flat.set(key, text);
  }
  return flat;
}

const english = flatten(en);
const german = flatten(de);
const placeholders = (text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
const files: Record<string, string> = import.meta.glob('../**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const sources = Object.entries(files)
  .filter(([file]) => !file.includes('.spec.') && !file.startsWith('./'))
  .map(([, text]) => text)
  .join('\n');

describe('words', () => {
  it('has the same keys in both languages', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('leaves nothing empty', () => {
    expect([...english, ...german].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('fills the same places in both languages', () => {
    for (const [key, text] of english) expect(placeholders(german.get(key)), key).toEqual(placeholders(text));
  });

  it('has every word the portal asks for', () => {
    const asked = [...sources.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? '');
    const missing = asked.filter((key) => !english.has(key) && !english.has(`${key}_other`));
    expect(asked.length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  const codes = {
    problem: [...Object.keys(problemCatalog), ...standingCodeSchema.options, ...legCodeSchema.options],
    reason: reasonCodeSchema.options,
    refusal: refusalCodeSchema.options,
    lost: lossCodeSchema.options,
    fault: fieldFaultCodeSchema.options,
    note: receiptNoteCodeSchema.options,
    revocation: receiptSchema.shape.revocation.options,
  };
  /** Said of the way to the services, or where a newer service has a code that this page does not know. */
  const own = ['problem.offline', 'problem.unexpected_answer', 'reason.other', 'receipt.revocations.trying'];

  it.each([
    ['English', english],
    ['German', german],
  ])('says in %s every code that services send, and no other', (_language, words) => {
    const asked = [
      ...codes.problem.flatMap((code) => [`problem.${code}.title`, `problem.${code}.text`]),
      ...codes.reason.map((code) => `reason.${code}`),
      ...codes.refusal.map((code) => `refusal.${code}`),
      ...codes.lost.map((code) => `lost.${code}`),
      ...codes.fault.map((code) => `fault.${code}`),
      ...codes.note.map((code) => `receipt.note.${code}`),
      ...codes.revocation.map((code) => `receipt.revocations.${code}`),
    ];
    const said = [...words.keys()].filter((key) =>
      /^(problem|reason|refusal|lost|fault|receipt\.(note|revocations))\./.test(key),
    );
    expect(asked.filter((key) => !words.has(key))).toEqual([]);
    expect(said.filter((key) => !asked.includes(key) && !own.some((name) => key.startsWith(name)))).toEqual([]);
  });

  it.each([
    ['profile.integration', 'Calendar and Contact Integration', 'Kalender- und Kontaktintegration'],
    ['profile.connect', 'Connect to Calendar and Contact Service', 'Mit Kalender- und Kontaktdienst verbinden'],
    ['meetings.notOurs', 'Not a {{brand}} meeting', 'Kein {{brand}}-Meeting'],
    ['meetings.join', 'Join', 'Beitreten'],
    ['flow.next', 'Next', 'Weiter'],
    ['flow.method.oauth2', 'Authorize with OAuth 2.0', 'Mit OAuth 2.0 autorisieren'],
    ['flow.method.ews', 'EWS with password', 'EWS mit Kennwort'],
    ['ews.label.office365.email', 'Office 365 account email address', 'E-Mail-Adresse des Office 365-Kontos'],
    ['ews.label.office365.url', 'EWS URL', 'EWS-URL'],
    ['ews.label.exchange.username', 'Exchange login username or UPN', 'Exchange-Anmeldebenutzername oder UPN'],
    ['ews.label.exchange.password', 'Exchange login password', 'Exchange-Anmeldekennwort'],
    ['ews.label.exchange.version', 'Exchange version', 'Exchange-Version'],
    [
      'ews.hint.url',
      'Leave empty: we look for it by your address.',
      'Leer lassen: Wir suchen sie anhand Ihrer Adresse.',
    ],
    ['connection.configure', 'Configure', 'Konfigurieren'],
    ['connection.delete', 'Delete', 'Löschen'],
    ['meetings.hostedBy', 'Meetings hosted by', 'Meetings gehostet von'],
    ['meetings.me', 'Me', 'Mir'],
    ['meetings.everyone', 'Everyone', 'Allen'],
  ])('keeps the agreed words of %s', (key, inEnglish, inGerman) => {
    expect([english.get(key), german.get(key)]).toEqual([inEnglish, inGerman]);
  });
});
