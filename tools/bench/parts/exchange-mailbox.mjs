/** A mailbox of the simulated Exchange for measurements: its access as the adapter knows it, and what changes at the server meanwhile. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../stack/paths.mjs';
import { bundle } from './bundle.mjs';

const PASSWORD = 'daybook';
const DAY_MS = 86_400_000;
const VERSION = 'Exchange2013_SP1';
const NAMES =
  'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" ' +
  'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"';

async function accessText(access) {
  const file = await bundle('libs/providers/exchange/src/transport/access-text.ts', 'access-text');
  return createRequire(join(root, 'package.json'))(file).writeAccess(access).token;
}

async function ask({ url, email }, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      authorization: `Basic ${Buffer.from(`${email}:${PASSWORD}`).toString('base64')}`,
    },
    body: `<s:Envelope ${NAMES}><s:Header><t:RequestServerVersion Version="${VERSION}"/></s:Header><s:Body>${body}</s:Body></s:Envelope>`,
  });
  const text = await response.text();
  if (!response.ok || !text.includes('ResponseClass="Success"'))
    throw new Error(`${response.status} ${text.slice(0, 500)}`);
  return text;
}

const view = (shape, from, to) =>
  `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${shape}</t:AdditionalProperties></m:ItemShape>` +
  `<m:CalendarView StartDate="${from.toISOString()}" EndDate="${to.toISOString()}"/>` +
  '<m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>';

const TYPE = '<t:FieldURI FieldURI="calendar:CalendarItemType"/>';
const ITEM = /<t:CalendarItem>.*?Id="([^"]+)".*?<t:CalendarItemType>(\w+)</gs;

const getItems = (ids) =>
  `<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape><m:ItemIds>${ids
    .map((id) => `<t:ItemId Id="${id}"/>`)
    .join('')}</m:ItemIds></m:GetItem>`;

const update = (id, title) =>
  '<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange>' +
  `<t:ItemId Id="${id}"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:CalendarItem>` +
  `<t:Subject>${title}</t:Subject></t:CalendarItem></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`;

/** @param {{ base: string, email: string, order: Function }} given `order` asks the control door */
export async function exchangeMailbox({ base, email, order }) {
  // Every client here shows its password the same way, so that what is compared is what they do with the answers.
  await order('POST', '/settings', { provider: 'exchange', signIn: ['Basic'] });
  const url = `${base}/EWS/Exchange.asmx`;
  const account = { url, email };
  const itemsIn = async (from, to) => [...(await ask(account, view(TYPE, from, to))).matchAll(ITEM)];
  return {
    email,
    password: PASSWORD,
    url,
    token: await accessText({ url, user: email, domain: null, password: PASSWORD, version: VERSION }),
    base,
    service: 'exchange',
    method: 'ews',
    /** How much takes place within a stretch of time, series expanded. */
    countWithin: async ({ from, to }) => (await itemsIn(new Date(from), new Date(to))).length,
    /** The same in two round trips: which they are, and those. */
    readWithin: async ({ from, to }) => {
      const items = await itemsIn(new Date(from), new Date(to));
      await ask(account, getItems(items.map(([, id]) => id)));
    },
    /** Changes the title of one event. */
    rename: (id, title) => ask(account, update(id, title)),
    /** The id of a single event some days ahead. */
    someEvent: async () => {
      const from = Date.now() + 30 * DAY_MS;
      const items = await itemsIn(new Date(from), new Date(from + 14 * DAY_MS));
      return items.find(([, , type]) => type === 'Single')[1];
    },
    /** Items that the server has sent so far, each time it did. */
    served: async () => (await order('GET', `/ledger?${new URLSearchParams({ provider: 'exchange', email })}`)).served,
  };
}
