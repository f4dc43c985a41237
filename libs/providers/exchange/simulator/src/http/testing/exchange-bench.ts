import { noJournal, recorderOfTheRun, type Answer, type Incoming, type Journal } from '@daybook/simulator-kit';
import type { ItemSurroundings, OutgoingMail } from '../../items/item-around';
import { itemOperations } from '../../items/item-operations';
import { noMeetings } from '../../items/meeting-desk';
import { plainCalendarRules } from '../../items/plain-calendar-rules';
import { folderOperations } from '../../mailbox/folder-operations';
import { MailboxStore } from '../../mailbox/mailbox-store';
import { addMailbox } from '../../mailbox/new-mailbox';
import { SUBSCRIPTION_EDITION } from '../../soap/server-version';
import { SoapDoor } from '../../soap/soap-door';
import type { Operations } from '../../soap/operation';
import { readXml, type ReadElement } from '../../wire/read-xml';
import { exchangeDoor } from '../exchange-door';

export const ADA = 'ada@example.com';
export const BEN = 'ben@example.com';
export const NOW = Date.parse('2026-11-22T08:00:00Z');

const NAMES =
  'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"';

export interface Reply {
  readonly status: number;
  readonly text: string;
  /** The body's only element. */
  readonly body: ReadElement;
}

export interface BenchOptions {
  readonly journal?: () => Journal;
  readonly operations?: (around: ItemSurroundings) => Operations;
  readonly mayImpersonate?: (caller: string, email: string) => boolean;
}

/** Two mailboxes behind the http function, with a clock that a spec moves, without sign-in: a header says who asks. */
export class ExchangeBench {
  now = NOW;
  readonly store: MailboxStore;
  readonly around: ItemSurroundings;
  readonly mails: OutgoingMail[] = [];
  readonly bugs: unknown[] = [];
  private readonly door: (incoming: Incoming) => Promise<Answer>;
  private readonly recorder = recorderOfTheRun('exchange', { now: () => this.now }).recorder;

  constructor({ journal = () => noJournal, operations, mayImpersonate = () => false }: BenchOptions = {}) {
    this.store = new MailboxStore(journal);
    this.around = {
      store: this.store,
      calendar: plainCalendarRules,
      meetings: noMeetings,
      sent: (mail) => this.mails.push(mail),
      served: () => undefined,
    };
    const soap = new SoapDoor({
      operations: { ...folderOperations(this.store), ...itemOperations(this.around), ...operations?.(this.around) },
      server: SUBSCRIPTION_EDITION,
      clock: { now: () => this.now },
      hasMailbox: (email) => this.store.mailboxes.has(email),
      mayImpersonate,
      onBug: (error) => this.bugs.push(error),
    });
    this.door = exchangeDoor(soap, ({ headers }) => ({ email: String(headers['x-caller']) }));
  }

  /** Adds the two mailboxes, unless they came from a journal. */
  withMailboxes(): this {
    addMailbox(this.store, { email: ADA, displayName: 'Ada Byron', created: this.now });
    addMailbox(this.store, { email: BEN, displayName: 'Ben Bell', created: this.now });
    return this;
  }

  async http(request: Partial<Incoming>, caller = ADA): Promise<Answer> {
    return this.door({
      method: 'POST',
      path: '/EWS/Exchange.asmx',
      query: new URLSearchParams(),
      headers: { 'content-type': 'text/xml; charset=utf-8', 'x-caller': caller },
      body: '',
      origin: 'https://mail.example.com',
      connection: this,
      ...request,
    });
  }

  /** Sends one operation as a client would, and reads what comes back. */
  async ask(operation: string, { caller = ADA, version = 'Exchange2013_SP1', headers = '' } = {}): Promise<Reply> {
    const header = `<s:Header><t:RequestServerVersion Version="${version}"/>${headers}</s:Header>`;
    return this.send(
      `<?xml version="1.0" encoding="utf-8"?><s:Envelope ${NAMES}>${header}<s:Body>${operation}</s:Body></s:Envelope>`,
      caller,
    );
  }

  async send(envelope: string, caller = ADA): Promise<Reply> {
    const answer = await this.http({ body: envelope }, caller);
    const chunks: string[] = [answer.body];
    if (answer.chunks !== undefined) for await (const chunk of answer.chunks) chunks.push(chunk);
    const text = chunks.join('');
    this.recorder?.record({
      request: { method: 'POST', url: '/EWS/Exchange.asmx', headers: { 'content-type': 'text/xml' }, body: envelope },
      response: { status: answer.status, headers: answer.headers, body: text },
    });
    return { status: answer.status, text, body: bodyOf(text) };
  }
}

function bodyOf(text: string): ReadElement {
  const first = text.split('</Envelope>').length > 2 ? `${text.split('</Envelope>')[0] ?? ''}</Envelope>` : text;
  const root = readXml(first);
  const body = root.children.find(({ name }) => name === 'Body')?.children[0];
  if (body === undefined) throw new Error(`No body: ${text}`);
  return body;
}

/** All elements of a name, wherever they stand. */
export function allOf(element: ReadElement, name: string): ReadElement[] {
  return [...(element.name === name ? [element] : []), ...element.children.flatMap((child) => allOf(child, name))];
}

/** Response codes in the order of the answer. */
export const codesOf = ({ body }: Reply): string[] => allOf(body, 'ResponseCode').map(({ text }) => text);

/** The text of the first element of a name; null without one. */
export const textIn = ({ body }: Pick<Reply, 'body'>, name: string): string | null =>
  allOf(body, name)[0]?.text ?? null;

/** `Id` and `ChangeKey` of the first id of a reply, to be put into a request. */
export function idIn({ body }: Pick<Reply, 'body'>, name = 'ItemId'): string {
  const { Id = '', ChangeKey = '' } = allOf(body, name)[0]?.attributes ?? {};
  return `<t:${name} Id="${Id}" ChangeKey="${ChangeKey}"/>`;
}
