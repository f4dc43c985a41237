const CALENDARS = 'Calendars.ReadWrite';

/** A mailbox at the simulated Microsoft 365, changed over Graph as another program of its owner would. */
export class OfficeMailbox {
  constructor(addresses, email) {
    this.addresses = addresses;
    this.email = email;
  }

  async create() {
    await post(`${this.addresses.control}/mailboxes`, { provider: 'microsoft', email: this.email });
    return this;
  }

  async addFault(kind) {
    await post(`${this.addresses.control}/faults`, { provider: 'microsoft', email: this.email, kind });
  }

  async insert(event) {
    return this.graph('POST', '/me/events', event);
  }

  async patch(id, change) {
    return this.graph('PATCH', `/me/events/${id}`, change);
  }

  async remove(id) {
    return this.graph('DELETE', `/me/events/${id}`);
  }

  async instances(id, from, to) {
    const query = new URLSearchParams({ startDateTime: from, endDateTime: to });
    return (await this.graph('GET', `/me/events/${id}/instances?${query}`)).value;
  }

  async graph(method, path, body) {
    const order = { provider: 'microsoft', email: this.email, scope: CALENDARS };
    const { accessToken } = await post(`${this.addresses.control}/tokens`, order);
    const headers = { ...json, authorization: `Bearer ${accessToken}` };
    const given = body === undefined ? {} : { body: JSON.stringify(body) };
    return asJson(await fetch(`${this.addresses.microsoft}/v1.0${path}`, { method, headers, ...given }));
  }
}

/** A mailbox at the simulated Google, changed over the provider's own API as another program of its owner would. */
export class Mailbox {
  constructor(addresses, email) {
    this.addresses = addresses;
    this.email = email;
  }

  async create() {
    await post(`${this.addresses.control}/mailboxes`, { provider: 'google', email: this.email });
    return this;
  }

  async insert(event) {
    return this.api('POST', '', event);
  }

  async patch(id, change) {
    return this.api('PATCH', `/${id}`, change);
  }

  /** A week around `now` as people have it: running, soon, private, foreign, all-day, in series. */
  async fill(now = Date.now()) {
    for (const event of eventsAround(now, this.email)) await this.insert(event);
  }

  async api(method, path, body) {
    const order = { provider: 'google', email: this.email, scope: 'https://www.googleapis.com/auth/calendar' };
    const { accessToken } = await post(`${this.addresses.control}/tokens`, order);
    const url = `${this.addresses.google}/calendar/v3/calendars/primary/events${path}`;
    const headers = { ...json, authorization: `Bearer ${accessToken}` };
    return asJson(await fetch(url, { method, headers, body: JSON.stringify(body) }));
  }
}

const json = { 'content-type': 'application/json' };

async function post(url, body) {
  const answer = await fetch(url, { method: 'POST', headers: json, body: JSON.stringify(body) }).catch((error) => {
    throw new Error(`no answer from ${url}: ${error.cause?.code ?? error.cause ?? error}`);
  });
  return asJson(answer);
}

async function asJson(answer) {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const zone = 'Europe/Berlin';
const zoom = (number) => `https://example.zoom.us/j/${number}?pwd=QkFzZTY0UGFzcw.1`;
const guest = (email, displayName, responseStatus, more = {}) => ({ email, displayName, responseStatus, ...more });

function eventsAround(now, owner) {
  const instant = (at) => ({ dateTime: new Date(at).toISOString(), timeZone: zone });
  const at = (start, minutes, summary, more = {}) => ({
    summary,
    start: instant(start),
    end: instant(start + minutes * MINUTE),
    ...more,
  });
  const day = (offset) => new Date(now + offset * DAY).toISOString().slice(0, 10);
  const clock = (offset, hour, minutes = 0) =>
    Date.parse(`${day(offset)}T00:00:00Z`) + (hour * 60 + minutes - 60) * MINUTE;
  const team = [
    guest(owner, '', 'accepted', { organizer: true }),
    guest('ben@example.com', 'Ben Bell', 'accepted'),
    guest('cleo@example.com', 'Cleo Clark', 'tentative', { optional: true }),
    guest('grace@partner.example', 'Grace Hopper', 'declined'),
  ];
  const ofBen = { organizer: { email: 'ben@example.com', displayName: 'Ben Bell' } };
  const weekdays = Array.from({ length: 14 }, (_, index) => index + 1).filter(
    (offset) => ![0, 6].includes(new Date(now + offset * DAY).getUTCDay()),
  );
  return [
    { summary: 'Release week', start: { date: day(0) }, end: { date: day(3) } },
    at(now - 10 * MINUTE, 40, 'Connect flow review', {
      location: zoom('86212345678'),
      attendees: team,
      description: 'Agenda\n1. New connect flow\n2. Colours in the dark\n\nPasscode: 482913',
    }),
    at(now + 5 * MINUTE, 25, 'One to one with Ben', {
      location: zoom('87312345678'),
      visibility: 'private',
      attendees: team.slice(0, 2),
    }),
    at(now + 50 * MINUTE, 60, 'Vendor call: contract renewal', {
      description: 'Join: https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0',
      attendees: [
        guest('sales@vendor.example', 'Vendor', 'accepted', { organizer: true }),
        guest(owner, '', 'needsAction'),
      ],
    }),
    at(clock(1, 17), 60, 'Quarterly webinar', { location: 'https://example.zoom.us/w/91234567890', ...ofBen }),
    at(clock(1, 12), 60, 'Lunch with Cleo', { location: 'Canteen' }),
    {
      ...at(clock(1, 9), 15, 'Morning check-in', { location: zoom('85012345678') }),
      recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    },
    {
      ...at(clock(2, 16), 30, 'Call with New York', { description: `Join ${zoom('84112345678')}` }),
      start: { dateTime: new Date(clock(2, 16)).toISOString(), timeZone: 'America/New_York' },
      end: { dateTime: new Date(clock(2, 16, 30)).toISOString(), timeZone: 'America/New_York' },
    },
    ...weekdays.flatMap((offset, index) => [
      at(clock(offset, 10 + (index % 3), 30), 60, ['Planning', 'Sprint review', 'Budget'][index % 3], {
        location: zoom(`8300000000${index % 10}`),
      }),
      at(
        clock(offset, 14, 30 * (index % 2)),
        45 + 15 * (index % 3),
        ['Interview: backend', 'Pairing', 'Support', 'Roadmap'][index % 4],
        index % 2 ? {} : { location: zoom(`8410000000${index % 10}`), attendees: team },
      ),
    ]),
  ];
}
