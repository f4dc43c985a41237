import type { ItemView, MailboxSummary, Simulator } from '../simulator';

export interface MailboxPage {
  simulators: readonly Simulator[];
  chosen: Simulator | null;
  boxes: readonly MailboxSummary[];
  box: MailboxSummary | null;
  items: readonly ItemView[];
  now: number;
  /** What was just done, or null. */
  done: string | null;
  problem: string | null;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (value: string): string => value.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const STYLE = `
:root{color-scheme:light dark;--ink:#1c1e21;--soft:#565b61;--line:#c9ced4;--edge:#7d838a;--card:#fff;--back:#f4f6f8;--accent:#0f5fc2;--on:#fff;--wrong:#b3261e;--good:#1b6e3c}
@media(prefers-color-scheme:dark){:root{--ink:#e9ebee;--soft:#b4b9c0;--line:#3a3e44;--edge:#8b9199;--card:#1c1e21;--back:#111315;--accent:#8ab8ff;--on:#06264f;--wrong:#ffb4ab;--good:#8fd8a8}}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
.wrap{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.4rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}p{margin:.25rem 0;color:var(--soft)}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;padding:0;margin:1rem 0}nav a{display:block;padding:.4rem .9rem;border:1px solid var(--line);border-radius:2rem;background:var(--card);color:var(--ink);text-decoration:none}nav a[aria-current]{background:var(--accent);color:var(--on);border-color:var(--accent)}
.card{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:.75rem 1rem}ul.items{list-style:none;margin:0;padding:0;display:grid;gap:.5rem}
.row{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end}.row form{display:contents}label{display:grid;font-size:.8rem;color:var(--soft)}label.wide{flex:1 1 14rem}
input{font:inherit;font-size:1rem;color:var(--ink);background:transparent;border:1px solid var(--edge);border-radius:.4rem;padding:.4rem .55rem;min-height:2.4rem;width:100%}
button{font:inherit;min-height:2.4rem;padding:.3rem 1rem;border-radius:.4rem;border:1px solid var(--edge);background:transparent;color:var(--accent);cursor:pointer}button.main{background:var(--accent);color:var(--on);border-color:var(--accent)}button.wrong{color:var(--wrong)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}.note{padding:.5rem .9rem;border-radius:.5rem;border:1px solid var(--good);color:var(--good);margin:1rem 0}.note.bad{border-color:var(--wrong);color:var(--wrong)}
.tag{font-size:.75rem;color:var(--soft)}code{overflow-wrap:anywhere}`;

/** A page of thousands of forms helps nobody. */
const MOST_SHOWN = 200;

/** The whole page as HTML. It works without script: every change is a form. */
export function mailboxPage(page: MailboxPage): string {
  const { chosen, box, items, now, done, problem } = page;
  const note =
    problem !== null
      ? `<div class="note bad" role="alert">${safe(problem)}</div>`
      : done === null
        ? ''
        : `<div class="note" role="status">${safe(done)}</div>`;
  const list =
    items.length === 0
      ? '<p class="card">Nothing in the coming four weeks.</p>'
      : `<ul class="items">${items
          .slice(0, MOST_SHOWN)
          .map((item) => itemRow(page, item))
          .join(
            '',
          )}</ul>${items.length > MOST_SHOWN ? `<p>The first ${MOST_SHOWN} of ${items.length} are shown.</p>` : ''}`;
  const body =
    chosen === null || box === null
      ? '<p>There is no mailbox.</p>'
      : `${note}<h2>${safe(box.name)} · ${safe(box.email)}</h2><p>Times in ${safe(box.timeZone)} · ${box.items} items in all</p>${addForm(page)}<h2>Yesterday and the next four weeks</h2>${list}`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Sandbox${box === null ? '' : ` · ${safe(box.email)}`}</title><style>${STYLE}</style></head><body><div class="wrap"><header><h1>Sandbox</h1><p>${chosen === null ? '' : `${safe(chosen.label)} is simulated at ${chosen.addresses.map((address) => `<code>${safe(address)}</code>`).join(' and ')}. `}Its clock says ${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC.</p></header>${tabs(page)}<main>${body}</main></div></body></html>`;
}

function tabs({ simulators, chosen, boxes, box }: MailboxPage): string {
  const link = (href: string, words: string, current: boolean): string =>
    `<li><a href="${safe(href)}"${current ? ' aria-current="page"' : ''}>${safe(words)}</a></li>`;
  const key = chosen?.key ?? '';
  const providers =
    simulators.length < 2
      ? ''
      : `<nav aria-label="Providers"><ul>${simulators.map((one) => link(`/?provider=${one.key}`, one.label, one === chosen)).join('')}</ul></nav>`;
  const place = (email: string): string => `/?${new URLSearchParams({ provider: key, email }).toString()}`;
  return `${providers}<nav aria-label="Mailboxes"><ul>${boxes.map(({ email }) => link(place(email), email, email === box?.email)).join('')}</ul></nav>`;
}

const hidden = ({ chosen, box }: MailboxPage): string =>
  `<input type="hidden" name="provider" value="${safe(chosen?.key ?? '')}"><input type="hidden" name="email" value="${safe(box?.email ?? '')}">`;

function addForm(page: MailboxPage): string {
  return `<form class="card row" method="post" action="/page/add">${hidden(page)}<label class="wide">Title<input name="title" required maxlength="500"></label><label>Starts<input name="start" type="datetime-local" required></label><label>Minutes<input name="minutes" type="number" min="1" max="10080" value="60"></label><button class="main" type="submit">Add</button></form>`;
}

function itemRow(page: MailboxPage, item: ItemView): string {
  const id = `<input type="hidden" name="id" value="${safe(item.id)}">`;
  const type = item.allDay ? 'date' : 'datetime-local';
  const until = item.allDay ? `until ${item.end}` : `until ${item.end.replace('T', ' ')}`;
  const name = safe(item.title === '' ? '(no title)' : item.title);
  return `<li class="card"><div class="row"><form method="post" action="/page/change">${hidden(page)}${id}<label class="wide">Title<input name="title" value="${safe(item.title)}" maxlength="500"></label><label>Starts<input name="start" type="${type}" value="${safe(item.start)}" required></label><button type="submit" aria-label="Save ${name}">Save</button></form><form method="post" action="/page/delete">${hidden(page)}${id}<button class="wrong" type="submit" aria-label="Delete ${name}">Delete</button></form></div><span class="tag">${safe(until)}${item.recurring ? ' · one of a series' : ''}</span></li>`;
}
