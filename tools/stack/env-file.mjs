import { readFileSync } from 'node:fs';

/**
 * Reads `KEY=value` lines: `#` begins a comment line, `export ` may stand in front, quotes around a value are taken off.
 * @returns {Record<string, string>}
 */
export function parseEnvFile(text) {
  const settings = {};
  for (const line of text.split(/\r?\n/)) {
    const found = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (!found) continue;
    const [, name, raw] = found;
    const quoted = /^(["'])(.*)\1$/.exec(raw);
    settings[name] = quoted ? quoted[2] : raw.replace(/\s+#.*$/, '');
  }
  return settings;
}

/** The settings of a command: what the environment says wins over the file, also when it is empty, which
 * counts as not set. */
export function withEnvFile(env, path) {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const settings = Object.entries({ ...parseEnvFile(text), ...env });
  return Object.fromEntries(settings.filter(([, value]) => value !== undefined && value !== ''));
}
