import { randomNumbers } from './seed';

/** Somebody in a generated address book, said without any provider's words. */
export interface SeedPerson {
  /** From 0. */
  index: number;
  givenName: string;
  surname: string;
  company: string;
  jobTitle: string;
  /** One or two; the first is at work. */
  emails: readonly string[];
  /** As people write numbers: with spaces, some without a country. */
  phones: { work: string; mobile: string | null };
}

const GIVEN = ['Anna', 'Jonas', 'Mehmet', 'Clara', 'Łukasz', 'Sofia', 'Émile', 'Grace', 'Noor', 'Pavel', 'Ines', 'Tom'];
const FAMILY = ['Berger', 'Müller', 'Yılmaz', 'Novák', 'Rossi', 'Dubois', 'Kowalska', 'Okafor', 'Lindqvist', 'Moreau'];
const COMPANIES = ['Nordlicht', 'Acme', 'Alpenblick', 'Riverside Labs', 'Contoso', ''];
const TITLES = ['Engineer', 'Buyer', 'Head of sales', 'Assistant', ''];

/** The same seed gives the same people. */
export function* seedPeople({ contacts, seed }: { contacts: number; seed: number }): Generator<SeedPerson> {
  const random = randomNumbers(seed);
  for (let index = 0; index < contacts; index += 1) yield seedPerson(index, random);
}

function seedPerson(index: number, random: () => number): SeedPerson {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const number = String(1_000_000 + Math.floor(random() * 8_999_999));
  const isLocal = random() < 0.2;
  return {
    index,
    givenName: pick(GIVEN),
    surname: pick(FAMILY),
    company: pick(COMPANIES),
    jobTitle: pick(TITLES),
    emails: [`person${index + 1}@elsewhere.example`, ...(random() < 0.3 ? [`home${index + 1}@private.example`] : [])],
    phones: {
      work: isLocal ? `030 ${number}` : `+49 30 ${number}`,
      mobile: random() < 0.6 ? `+43 660 ${number}` : null,
    },
  };
}
