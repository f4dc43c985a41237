import type { ElementParticle, GroupParticle, Particle } from './content-model';
import { namesOf } from './schema';

/** How far children fit a content model. `stands` names the particle of each child; where they end, others were `expected`. */
export interface Match {
  /** For each child that fits, the element it stands for; null for one that nobody checks. */
  readonly stands: readonly (ElementParticle | null)[];
  readonly complete: boolean;
  /** Names that could have stood at the first child that does not fit, or at the end. */
  readonly expected: readonly string[];
}

/**
 * Matches names of children (`t:Subject`) with a content model from left to right. The schema is deterministic: the next name
 * decides alone which particle it stands for, so that nothing is ever tried twice.
 */
export function matchContent(model: Particle | null, names: readonly string[]): Match {
  const walk = new Walk(names);
  const whole = model === null || walk.repeat(model);
  const atEnd = walk.stands.length === names.length;
  return { stands: walk.stands, complete: whole && atEnd, expected: [...new Set(walk.expected)] };
}

class Walk {
  readonly stands: (ElementParticle | null)[] = [];
  expected: string[] = [];

  constructor(private readonly names: readonly string[]) {}

  /** Takes a particle as often as it may stand; false when it must stand more often. */
  repeat(particle: Particle): boolean {
    for (let times = 0; times < particle.max; times += 1) {
      const next = this.next();
      if (next === undefined || !canStart(particle, next)) {
        if (times === 0 || particle.max > 1) this.expect(particle);
        return times >= particle.min || isOptional(particle);
      }
      if (!this.once(particle)) return false;
    }
    return true;
  }

  private next(): string | undefined {
    return this.names[this.stands.length];
  }

  private once(particle: Particle): boolean {
    if (particle.kind === 'element' || particle.kind === 'any') {
      this.stands.push(particle.kind === 'element' ? particle : null);
      this.expected = [];
      return true;
    }
    if (particle.kind === 'sequence') return particle.parts.every((part) => this.repeat(part));
    return particle.kind === 'choice' ? this.choose(particle.parts) : this.all(particle);
  }

  private choose(parts: readonly Particle[]): boolean {
    const next = this.next() ?? '';
    const part = parts.find((one) => canStart(one, next));
    return part !== undefined && this.repeat(part);
  }

  private all({ parts }: GroupParticle): boolean {
    let left = [...parts];
    for (let next = this.next(); next !== undefined; next = this.next()) {
      const name = next;
      const part = left.find((one) => canStart(one, name));
      if (part === undefined) break;
      left = left.filter((one) => one !== part);
      if (!this.repeat(part)) return false;
    }
    left.forEach((part) => this.expect(part));
    return left.every(isOptional);
  }

  private expect(particle: Particle): void {
    this.expected.push(...startsOf(particle).names);
  }
}

interface Starts {
  readonly names: ReadonlySet<string>;
  /** Whether the particle may be left out. */
  readonly optional: boolean;
  readonly any: boolean;
}

const starts = new WeakMap<Particle, Starts>();

const canStart = (particle: Particle, name: string): boolean => {
  const { names, any } = startsOf(particle);
  return any || names.has(name);
};

const isOptional = (particle: Particle): boolean => startsOf(particle).optional;

function startsOf(particle: Particle): Starts {
  const known = starts.get(particle);
  if (known !== undefined) return known;
  const found = findStarts(particle);
  starts.set(particle, found);
  return found;
}

function findStarts(particle: Particle): Starts {
  const mayMiss = particle.min === 0;
  if (particle.kind === 'any') return { names: new Set(), optional: mayMiss, any: true };
  if (particle.kind === 'element') return { names: new Set(namesOf(particle)), optional: mayMiss, any: false };
  const parts = particle.parts.map(startsOf);
  const isChoice = particle.kind === 'choice';
  const optional = mayMiss || (isChoice ? parts.some((part) => part.optional) : parts.every((part) => part.optional));
  const first = particle.kind === 'sequence' ? parts.slice(0, 1 + parts.findIndex((part) => !part.optional)) : parts;
  const reachable = first.length === 0 ? parts : first;
  return {
    names: new Set(reachable.flatMap((part) => [...part.names])),
    optional,
    any: reachable.some((part) => part.any),
  };
}
