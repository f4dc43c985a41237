const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe for element content and quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const STYLE = `
:root{color-scheme:light dark;--ink:#1f1f1f;--soft:#5c5f63;--line:#8a8e93;--card:#fff;--back:#f3f5f8;--accent:#0b57d0;--on:#fff;--wrong:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#bdc1c6;--line:#8e9297;--card:#1e1f22;--back:#111214;--accent:#a8c7fa;--on:#062e6f;--wrong:#f2b8b5}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,sans-serif;padding:1rem}
main{width:min(28rem,100%);background:var(--card);border-radius:1.25rem;padding:2rem}h1{font-size:1.5rem;font-weight:500;margin:0 0 .25rem}p{margin:.25rem 0 1rem;color:var(--soft)}
form{margin:0}ul{list-style:none;margin:1rem 0;padding:0}li+li{border-top:1px solid color-mix(in srgb,var(--line) 40%,transparent)}
.account{all:unset;box-sizing:border-box;display:block;width:100%;padding:.75rem .5rem;cursor:pointer;border-radius:.5rem}.account span{display:block;color:var(--soft);font-size:.875rem}
.account:hover{background:var(--back)}.tick{display:flex;gap:.75rem;padding:.75rem .25rem;align-items:flex-start;cursor:pointer}.tick input{width:1.25rem;height:1.25rem;margin:.125rem 0 0;flex:none;accent-color:var(--accent)}
label.field{display:block;margin:.75rem 0;font-size:.875rem;color:var(--soft)}label.field input{display:block;width:100%;margin-top:.25rem;padding:.625rem .75rem;font:inherit;color:var(--ink);background:transparent;border:1px solid var(--line);border-radius:.375rem}
.row{display:flex;gap:.75rem;justify-content:flex-end;margin-top:1.5rem}.row button{font:inherit;font-weight:500;padding:.5rem 1.5rem;border-radius:1.5rem;border:1px solid var(--line);background:transparent;color:var(--accent);cursor:pointer}
.row button.main{background:var(--accent);color:var(--on);border-color:var(--accent)}.wrong{color:var(--wrong)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
details{margin-top:1rem}summary{cursor:pointer;color:var(--accent);padding:.25rem 0}footer{margin-top:1.5rem;font-size:.8125rem;color:var(--soft)}code{overflow-wrap:anywhere}`;

/** A whole page. Title is plain text, content is HTML. */
export function htmlPage(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>${content}</main></body></html>`;
}
