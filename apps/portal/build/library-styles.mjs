import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../../node_modules/@mantine/core/styles/', import.meta.url);
const CLASS = /\bm_[0-9a-f]{6,8}\b/g;

const classesIn = (text) => new Set(text.match(CLASS));

/** The library's style files of one component each, with the classes they are for. */
async function styleFiles() {
  const names = (await readdir(fileURLToPath(FOLDER))).filter((name) => /^[A-Z]\w+\.css$/.test(name));
  return Promise.all(
    names.map(async (name) => ({ name, classes: classesIn(await readFile(new URL(name, FOLDER), 'utf8')) })),
  );
}

/**
 * Which style files of the library a build lacks or carries for nothing.
 * @param {{ files: { name: string, classes: Set<string> }[], scripts: string, styles: string }} build
 * @returns {{ missing: string[], needless: string[] }} names of files
 */
export function compareStyles({ files, scripts, styles }) {
  const used = classesIn(scripts);
  const there = classesIn(styles);
  const names = (wanted) => files.filter(({ classes }) => wanted([...classes])).map(({ name }) => name);
  return {
    missing: names((classes) => classes.some((one) => used.has(one) && !there.has(one))),
    needless: names((classes) => classes.some((one) => there.has(one)) && !classes.some((one) => used.has(one))),
  };
}

/** Fails a build whose scripts use components of the library without their styles, or the other way round. */
export function libraryStyles() {
  return {
    name: 'daybook:library-styles',
    apply: 'build',
    async writeBundle(_options, bundle) {
      const of = (end, field) =>
        Object.values(bundle)
          .filter(({ fileName }) => fileName.endsWith(end))
          .map((item) => String(item[field]))
          .join('\n');
      const files = await styleFiles();
      const { missing, needless } = compareStyles({ files, scripts: of('.js', 'code'), styles: of('.css', 'source') });
      if (missing.length + needless.length === 0) return;
      this.error(`src/styles.ts: missing ${missing.join(', ') || 'none'}; not needed ${needless.join(', ') || 'none'}`);
    },
  };
}
