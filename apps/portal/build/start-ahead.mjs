/**
 * The first script loads the rest of the portal by a dynamic import. This tells the browser of that rest in the page itself, so
 * that it comes at the same time, styles included.
 */
export function startAhead({ module }) {
  return {
    name: 'daybook:start-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
        const first = chunks.find((chunk) => chunk.moduleIds.some((id) => id.endsWith(module)));
        if (!first) throw new Error(`No chunk of the build holds ${module}.`);
        const files = new Set([first.fileName, ...first.imports]);
        const styles = chunks.filter(({ fileName }) => files.has(fileName)).flatMap(stylesOf);
        const tag = (rel, file) => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `/${file}` },
          injectTo: 'head',
        });
        const isNew = (file) => !html.includes(`/${file}"`);
        return [
          ...[...files].filter(isNew).map((file) => tag('modulepreload', file)),
          ...[...new Set(styles)].filter(isNew).map((file) => tag('stylesheet', file)),
        ];
      },
    },
  };
}

const stylesOf = (chunk) => [...(chunk.viteMetadata?.importedCss ?? [])];
