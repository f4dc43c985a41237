import { httpCall, type HttpAnswer } from './http-call';

export interface ShownPage {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  /** Where a redirect that was not followed leads to. */
  readonly location: string | null;
}

export interface ConsentChoice {
  /** The mailbox to choose on the account page. */
  readonly account: string;
  /** Permissions to untick, by their scope. */
  readonly untick?: RegExp;
  readonly decision?: 'allow' | 'deny' | 'return';
  /** Redirects whose target matches are not followed: for tests that tamper with what comes next. */
  readonly stopBefore?: (url: URL) => boolean;
}

interface Field {
  readonly name: string;
  readonly value: string;
  readonly kind: string;
  readonly checked: boolean;
}

const MOST_REDIRECTS = 15;

/**
 * Walks through sign-in pages as a browser without script would: keeps cookies for each origin, follows redirects, reads
 * plain forms and presses their buttons.
 */
export class BrowserlessPerson {
  private readonly cookies = new Map<string, Map<string, string>>();

  /** The whole way from an `authorizeUrl` to where the browser lands at last. */
  async consent(authorizeUrl: string, choice: ConsentChoice): Promise<ShownPage> {
    const stop = choice.stopBefore ?? (() => false);
    let page = await this.open(authorizeUrl, stop);
    if (page.location === null && page.html.includes('name="account"')) {
      page = await this.press(page, { name: 'account', value: choice.account }, () => true, stop);
    }
    if (page.location === null && page.html.includes('name="decision"')) {
      const ticked = ({ value }: Field) => !(choice.untick?.test(value) ?? false);
      page = await this.press(page, { name: 'decision', value: choice.decision ?? 'allow' }, ticked, stop);
    }
    return page;
  }

  /** Opens an address and follows where it leads, until a page is shown or `stop` says so. */
  async open(url: string, stop: (url: URL) => boolean = () => false): Promise<ShownPage> {
    return this.follow(await this.exchange(url), url, stop);
  }

  private async press(
    page: ShownPage,
    button: { name: string; value: string },
    ticked: (field: Field) => boolean,
    stop: (url: URL) => boolean,
  ): Promise<ShownPage> {
    const form = formsOf(page.html).find(({ buttons }) =>
      buttons.some(({ name, value }) => name === button.name && value === button.value),
    );
    if (!form) throw new Error(`no button ${button.name}=${button.value} on ${page.url}:\n${page.html}`);
    const sent = form.fields.filter((field) => field.kind !== 'checkbox' || (field.checked && ticked(field)));
    const body = new URLSearchParams(sent.map(({ name, value }): [string, string] => [name, value]));
    body.append(button.name, button.value);
    const target = new URL(form.action, page.url).href;
    return this.follow(await this.exchange(target, body.toString()), target, stop);
  }

  private async follow(first: HttpAnswer, from: string, stop: (url: URL) => boolean): Promise<ShownPage> {
    let [answer, url] = [first, from];
    for (let turn = 0; turn < MOST_REDIRECTS; turn += 1) {
      const location = answer.headers.get('location');
      if (location === null || answer.status < 300 || answer.status > 399) {
        return { url, status: answer.status, html: answer.text, location: null };
      }
      const next = new URL(location, url);
      if (stop(next)) return { url, status: answer.status, html: answer.text, location: next.href };
      url = next.href;
      answer = await this.exchange(url);
    }
    throw new Error(`more than ${MOST_REDIRECTS} redirects, the last to ${url}`);
  }

  private async exchange(url: string, form?: string): Promise<HttpAnswer> {
    const { origin } = new URL(url);
    const jar = this.cookies.get(origin) ?? new Map<string, string>();
    this.cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await httpCall(url, {
      headers: {
        accept: 'text/html',
        ...(cookie === '' ? {} : { cookie }),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=Thu, 01 Jan 1970|max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }
}

function formsOf(html: string): { action: string; fields: Field[]; buttons: Field[] }[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inner = '']) => ({
    action: attribute(head, 'action'),
    fields: elements(inner, 'input'),
    buttons: elements(inner, 'button'),
  }));
}

function elements(html: string, tag: string): Field[] {
  return [...html.matchAll(new RegExp(`<${tag}\\b([^>]*)>`, 'g'))].map(([, text = '']) => ({
    name: attribute(text, 'name'),
    value: attribute(text, 'value'),
    kind: attribute(text, 'type'),
    checked: /\schecked(\s|$|=)/.test(text),
  }));
}

function attribute(text: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1] ?? '';
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return value.replace(/&(amp|lt|gt|quot|#39);/g, (_, entity: string) => entities[entity] ?? '');
}
