interface Family {
  readonly head: string[];
  readonly samples: string[];
}

/**
 * Joins texts of the Prometheus format into one: a family may stand in it once only, so the samples of all texts come together
 * under the first text's description. The series of two texts must differ in a label.
 */
export function mergeMetrics(texts: readonly string[]): string {
  const families = new Map<string, Family>();
  for (const text of texts) {
    for (const [name, { head, samples }] of familiesOf(text)) {
      const known = families.get(name);
      if (known) known.samples.push(...samples);
      else families.set(name, { head, samples });
    }
  }
  const blocks = [...families.values()].map(({ head, samples }) => [...head, ...samples].join('\n'));
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

function familiesOf(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  let current: Family = { head: [], samples: [] };
  for (const line of text.split('\n')) {
    const [, name] = /^# (?:HELP|TYPE) (\S+)/.exec(line) ?? [];
    if (name !== undefined) {
      current = families.get(name) ?? { head: [], samples: [] };
      families.set(name, current);
      current.head.push(line);
    } else if (line !== '' && !line.startsWith('#')) {
      current.samples.push(line);
    }
  }
  return families;
}
