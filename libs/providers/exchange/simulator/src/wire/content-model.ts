/** How often a particle may stand: `max` is Infinity where the schema says unbounded. */
interface Times {
  readonly min: number;
  readonly max: number;
}

export interface ElementParticle extends Times {
  readonly kind: 'element';
  /** With the prefix of the table: `t:Subject`. */
  readonly name: string;
  /** Empty: the global element of this name, or what may stand in its place. */
  readonly type: string;
  readonly nillable: boolean;
}

export interface GroupParticle extends Times {
  readonly kind: 'sequence' | 'choice' | 'all';
  readonly parts: readonly Particle[];
}

/** Any element, which nobody checks. */
export interface AnyParticle extends Times {
  readonly kind: 'any';
}

export type Particle = ElementParticle | GroupParticle | AnyParticle;

const OPENING: Readonly<Record<string, GroupParticle['kind']>> = { '(': 'sequence', '[': 'choice', '<': 'all' };
const CLOSING = /^[)\]>](.*)$/;
const ELEMENT = /^([a-z]+:[\w.-]+)=([\w:.-]*)(\^?)(.*)$/;
const KNOWN_TIMES: Readonly<Record<string, Times>> = {
  '': { min: 1, max: 1 },
  '?': { min: 0, max: 1 },
  '*': { min: 0, max: Infinity },
  '+': { min: 1, max: Infinity },
};

/** Reads a content model as the table writes it (see `tools/exchange-schema.mjs`). @throws Error when the table is broken */
export function readContentModel(text: string): Particle {
  const open: { kind: GroupParticle['kind']; parts: Particle[] }[] = [{ kind: 'sequence', parts: [] }];
  for (const token of text.split(' ')) {
    const kind = OPENING[token];
    const closing = CLOSING.exec(token);
    if (kind !== undefined) open.push({ kind, parts: [] });
    else if (closing !== null) {
      const group = open.pop();
      if (group !== undefined) open.at(-1)?.parts.push({ ...group, ...timesOf(closing[1] ?? '') });
    } else open.at(-1)?.parts.push(leaf(token));
  }
  const model = open[0]?.parts[0];
  if (open.length !== 1 || model === undefined) throw new Error(`Content model cannot be read: ${text}`);
  return model;
}

function leaf(token: string): Particle {
  if (token.startsWith('*')) return { kind: 'any', ...timesOf(token.slice(1)) };
  const [, name, type, nil, times] = ELEMENT.exec(token) ?? [];
  if (name === undefined) throw new Error(`Element of a content model cannot be read: ${token}`);
  return { kind: 'element', name, type: type ?? '', nillable: nil === '^', ...timesOf(times ?? '') };
}

function timesOf(text: string): Times {
  const known = KNOWN_TIMES[text];
  if (known !== undefined) return known;
  const [, min, max] = /^\{(\d+),(\d*)\}$/.exec(text) ?? [];
  if (min === undefined) throw new Error(`Occurrences of a content model cannot be read: ${text}`);
  return { min: Number(min), max: max === '' ? Infinity : Number(max) };
}
