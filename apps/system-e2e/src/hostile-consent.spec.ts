import { connectedSchema } from '@daybook/contracts';
import { BrowserlessPerson, Person, Stack, type Simulator } from '@daybook/testing/stack';
import { connectMailbox, deleteConnections, newMailbox, SERVICE } from './connected-person';

describe('hostile ways through the consent', () => {
  let stack: Stack;
  let cleo: Person;
  let mailbox: Simulator;
  let browser: BrowserlessPerson;

  const resultOf = (page: { url: string }) => {
    const { searchParams } = new URL(page.url);
    return { result: searchParams.get('result'), code: searchParams.get('code') };
  };
  const atCallback = ({ pathname }: URL) => pathname.endsWith('/callback');

  beforeAll(async () => {
    stack = await Stack.shared();
    cleo = await Person.signIn(stack.addresses.gateway, 'cleo@example.com');
    mailbox = await newMailbox(stack, 'consent');
    browser = new BrowserlessPerson();
  });
  afterEach(() => deleteConnections(cleo));

  it('takes a ticket once', async () => {
    const { authorizeUrl } = await cleo.connect(SERVICE);
    await browser.open(authorizeUrl, ({ origin }) => origin === stack.addresses.google);
    expect(resultOf(await browser.open(authorizeUrl))).toEqual({ result: 'failed', code: 'ticket_invalid' });
    const madeUp = `${stack.addresses.gateway}/v1/oauth/${SERVICE}/start?ticket=${'a'.repeat(43)}`;
    expect(resultOf(await browser.open(madeUp))).toEqual({ result: 'failed', code: 'ticket_invalid' });
  });

  it('refuses a callback in another browser, and still takes it from the right one, once', async () => {
    const { id, authorizeUrl } = await cleo.connect(SERVICE);
    const { location } = await browser.consent(authorizeUrl, { account: mailbox.email, stopBefore: atCallback });
    const foreign = await new BrowserlessPerson().open(location ?? '');
    expect(resultOf(foreign)).toEqual({ result: 'failed', code: 'state_invalid' });
    expect(await cleo.connection(id)).toMatchObject({ state: 'pending', account: null });

    expect(resultOf(await browser.open(location ?? '')).result).toBe('connected');
    expect(resultOf(await browser.open(location ?? ''))).toEqual({ result: 'failed', code: 'state_invalid' });
    await cleo.until(id, 'active');
  });

  it('takes no code of one consent for another, although both are in one browser', async () => {
    const mine = await cleo.connect(SERVICE);
    const ben = await Person.signIn(stack.addresses.gateway, 'ben@example.com');
    const bens = await ben.connect(SERVICE);
    const other = await newMailbox(stack, 'another-consent');
    const [first, second] = [
      await browser.consent(mine.authorizeUrl, { account: mailbox.email, stopBefore: atCallback }),
      await browser.consent(bens.authorizeUrl, { account: other.email, stopBefore: atCallback }),
    ];
    const swapped = new URL(first.location ?? '');
    swapped.searchParams.set('code', new URL(second.location ?? '').searchParams.get('code') ?? '');
    expect(resultOf(await browser.open(swapped.href)).result).toBe('failed');
    // The state is used up by it, also for the code that belongs to it.
    expect(resultOf(await browser.open(first.location ?? ''))).toEqual({ result: 'failed', code: 'state_invalid' });
    expect(await cleo.connections()).toEqual([]);
    expect(await ben.connection(bens.id)).toMatchObject({ state: 'pending', account: null });
    await deleteConnections(ben);
  });

  it('takes a state at the callback of its own provider only', async () => {
    const { id, authorizeUrl } = await cleo.connect(SERVICE);
    const { location } = await browser.consent(authorizeUrl, { account: mailbox.email, stopBefore: atCallback });
    const elsewhere = (location ?? '').replace(`/oauth/${SERVICE}/`, '/oauth/microsoft/');
    expect((await browser.open(elsewhere)).url).not.toContain('result=connected');
    expect(await cleo.connection(id)).toMatchObject({ state: 'pending', account: null });
  });

  it('refuses made-up states and other words of the provider', async () => {
    const { id } = await cleo.connect(SERVICE);
    const callback = `${stack.addresses.gateway}/v1/oauth/${SERVICE}/callback`;
    for (const search of [
      '',
      '?state=made-up&code=x',
      '?state[]=a&code=b',
      `?state=${'x'.repeat(5_000)}`,
      '?error=access_denied',
    ]) {
      expect(resultOf(await browser.open(`${callback}${search}`))).toEqual({ result: 'failed', code: 'state_invalid' });
    }
    expect(await cleo.connection(id)).toMatchObject({ state: 'pending' });
  });

  it('gets nothing for a code that was used, and keeps the connection that works', async () => {
    const id = await connectMailbox(cleo, mailbox);
    const reconnect = async () =>
      (await cleo.expecting(200, connectedSchema, `/v1/connections/${id}/reconnect`, { method: 'POST' }))
        .authorizeUrl ?? '';
    const first = await browser.consent(await reconnect(), { account: mailbox.email, stopBefore: atCallback });
    const used = new URL(first.location ?? '').searchParams.get('code') ?? '';
    expect(resultOf(await browser.open(first.location ?? '')).result).toBe('connected');

    const second = await browser.consent(await reconnect(), { account: mailbox.email, stopBefore: atCallback });
    const forged = new URL(second.location ?? '');
    forged.searchParams.set('code', used);
    expect(resultOf(await browser.open(forged.href)).result).toBe('failed');
    expect(await cleo.connection(id)).toMatchObject({ account: mailbox.email });
  });

  it('refuses to reconnect as somebody else', async () => {
    const id = await connectMailbox(cleo, mailbox);
    const other = await newMailbox(stack, 'somebody-else');
    const before = await cleo.connection(id);
    const { authorizeUrl } = await cleo.expecting(200, connectedSchema, `/v1/connections/${id}/reconnect`, {
      method: 'POST',
    });
    const landed = await browser.consent(authorizeUrl ?? '', { account: other.email });
    expect(resultOf(landed)).toEqual({ result: 'failed', code: 'different_account' });
    expect(await cleo.connection(id)).toMatchObject({
      account: mailbox.email,
      state: 'active',
      version: before.version,
    });
  });
});
