/**
 * A first sync as the pages of ews-javascript-api show it: a page of items, each bound for its properties, the documents inserted. `bind`
 * says how: `each` by itself, as its examples do, or a `page` in one request.
 */
import { createRequire } from 'node:module';
import { MongoClient } from 'mongodb';
import { carryOutOrders } from './child.mjs';

const PAGE_SIZE = 100;

let client = null;
let ews = null;
let account = null;

async function open({ mongodb, library, ...more }) {
  client = await new MongoClient(mongodb).connect();
  ews = createRequire(library)('ews-javascript-api');
  account = more;
}

function serviceOf({ url, email, password }) {
  const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2013_SP1);
  service.Credentials = new ews.WebCredentials(email, password);
  service.Url = new ews.Uri(url);
  return service;
}

const documentOf = (item) => ({
  _id: item.Id.UniqueId,
  changeKey: item.Id.ChangeKey,
  subject: item.Subject,
  startsAt: new Date(item.Start.ToISOString()),
  endsAt: new Date(item.End.ToISOString()),
  isAllDay: item.IsAllDayEvent,
  isRecurring: item.IsRecurring,
  location: item.Location,
  sensitivity: item.Sensitivity,
  body: item.Body.Text,
});

/** One service for each run, and one run for each database: nothing is remembered from the run before. */
async function run({ dbName, bind }) {
  const service = serviceOf(account);
  const properties = new ews.PropertySet(ews.BasePropertySet.FirstClassProperties);
  const events = client.db(dbName).collection('events');
  const cpu = process.cpuUsage();
  const started = performance.now();
  let count = 0;
  let offset = 0;
  for (let found = null; !found || found.MoreAvailable; offset = found.NextPageOffset) {
    const view = new ews.ItemView(PAGE_SIZE, offset);
    found = await service.FindItems(ews.WellKnownFolderName.Calendar, view);
    let items = found.Items;
    if (bind === 'page') await service.LoadPropertiesForItems(items, properties);
    else {
      items = [];
      for (const { Id } of found.Items) items.push(await ews.Appointment.Bind(service, Id, properties));
    }
    if (items.length > 0) await events.insertMany(items.map(documentOf), { ordered: false });
    count += items.length;
  }
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000, count };
}

carryOutOrders(({ type, ...order }) => ({ open, run })[type](order));
