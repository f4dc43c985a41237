/**
 * Finds the join link of an event among everything that carries links, in the order of trust: conference data, URL
 * fields, location, description. Says which rule decided and which candidates lost. Called for every event of a sync, so
 * fields without anything that looks like a link are passed over with one test.
 */
import type { JoinCandidate, JoinField, JoinFinding, JoinInput, JoinLoss } from './join-finding';
import { judgeLink, type MeetingLink } from './judge-link';
import { numberIn, passcodeIn } from './labels-in-text';
import { bareHostPattern, linksInText } from './links-in-text';
import { type Vendor, VENDORS } from './rules';

const MAX_CANDIDATES = 20;
const MAX_URL_SHOWN = 500;
const MAX_FIELD_LINKS = 50;

interface Sighting {
  readonly field: JoinField;
  readonly raw: string;
}

interface OurLink extends Sighting {
  readonly link: MeetingLink;
}

/** Collects what is seen, in order; the first of ours wins. */
class Findings {
  winner: OurLink | null = null;
  otherVendor: string | null = null;
  readonly candidates: JoinCandidate[] = [];
  private first: Sighting | null = null;
  private more: Set<string> | null = null;

  constructor(private readonly ours: Vendor) {}

  see(sighting: Sighting): void {
    if (this.isSeen(sighting)) return;
    const verdict = judgeLink(sighting.raw, this.ours, VENDORS);
    if (verdict.type === 'unrelated') return;
    if (verdict.type === 'refused') this.lose(sighting, verdict.lost, verdict.provider, verdict.rule);
    else if (verdict.vendor === this.ours) this.seeOurs(sighting, verdict);
    else {
      this.otherVendor ??= verdict.vendor.name;
      this.lose({ ...sighting, raw: verdict.url }, 'other_vendor', verdict.vendor.name, verdict.because);
    }
  }

  /** Notes it too. The first is kept by itself: most events of a first sync have one link or none. */
  private isSeen(sighting: Sighting): boolean {
    const { first } = this;
    if (first === null) this.first = sighting;
    else if (first.field === sighting.field && first.raw === sighting.raw) return true;
    else {
      const key = `${sighting.field} ${sighting.raw}`;
      if (this.more?.has(key)) return true;
      this.more = (this.more ?? new Set()).add(key);
    }
    return false;
  }

  private seeOurs(sighting: Sighting, link: MeetingLink): void {
    if (!this.winner) {
      this.winner = { ...sighting, link };
      return;
    }
    // HTML names a link twice, as its target and as its text: that is one sighting.
    if (this.winner.field === sighting.field && this.winner.link.url === link.url) return;
    const lost: JoinLoss = this.winner.field === sighting.field ? 'later' : 'lower_field';
    this.lose({ ...sighting, raw: link.url }, lost, link.vendor.name, link.because);
  }

  private lose({ field, raw }: Sighting, lost: JoinLoss, provider: string | null, rule: string): void {
    const url = raw.slice(0, MAX_URL_SHOWN);
    const known = this.candidates.some((candidate) => candidate.field === field && candidate.url === url);
    if (this.candidates.length < MAX_CANDIDATES && !known) this.candidates.push({ url, provider, field, rule, lost });
  }
}

function label(brand: string, winner: OurLink | null): string {
  return winner ? `${brand} ${winner.link.rule.kind}` : `Not a ${brand} meeting`;
}

/** The human passcode is preferred to the coded one a link carries; labels near the link to labels elsewhere. */
function passcodeOf(input: JoinInput, { link, field }: OurLink): string | null {
  if (field === 'conference') {
    const given = input.conferencePasscodes?.find((passcode) => passcode.trim() !== '');
    if (given !== undefined) return given.trim();
  }
  const texts = field === 'location' ? [input.location, input.description] : [input.description, input.location];
  for (const text of texts) {
    const found = passcodeIn({ text, mark: link.number });
    if (found !== null) return found;
  }
  return link.passcode;
}

function numberOf(input: JoinInput, { link }: OurLink): string | null {
  if (link.number !== null) return link.number;
  return numberIn({ text: input.description, mark: null }) ?? numberIn({ text: input.location, mark: null });
}

function conclude(input: JoinInput, brand: string, { winner, otherVendor, candidates }: Findings): JoinFinding {
  if (!winner) {
    return {
      recognised: false,
      label: label(brand, null),
      kind: 'event',
      provider: otherVendor,
      url: null,
      number: null,
      passcode: null,
      because: null,
      candidates,
    };
  }
  return {
    recognised: true,
    label: label(brand, winner),
    kind: winner.link.rule.kind,
    provider: brand,
    url: winner.link.url,
    number: numberOf(input, winner),
    passcode: passcodeOf(input, winner),
    because: { field: winner.field, rule: winner.link.because },
    candidates,
  };
}

/** Brands a deployment may choose. */
export function brands(): readonly string[] {
  return VENDORS.map(({ name }) => name);
}

/** Finds the join link of one event. Pure, linear in the size of the input, and bounded. */
export type JoinDetector = (input: JoinInput) => JoinFinding;

/**
 * The detector of a deployment.
 * @param brand `MEETING_BRAND`, in any case
 * @throws RangeError for a brand without rules
 */
export function createJoinDetector(brand = 'Zoom'): JoinDetector {
  const ours = VENDORS.find(({ name }) => name.toLowerCase() === brand.trim().toLowerCase());
  if (!ours) throw new RangeError(`no link rules for the brand ${brand}; known: ${brands().join(', ')}`);
  const bare = bareHostPattern(ours.hosts.map(({ host }) => host));
  return (input) => {
    const findings = new Findings(ours);
    const look = (field: JoinField, text: string): void => {
      if (text === '') return;
      for (const raw of linksInText(text, bare)) findings.see({ field, raw });
    };
    for (const uri of input.conferenceUris.slice(0, MAX_FIELD_LINKS)) look('conference', uri);
    for (const url of input.urlFields.slice(0, MAX_FIELD_LINKS)) look('url', url);
    look('location', input.location);
    look('description', input.description);
    return conclude(input, ours.name, findings);
  };
}
