import { ADA, ADMIN, CALENDARS, REDIRECT, TestSimulator } from '../testing/start-simulator';

describe("an administrator's consent at the simulated Microsoft", () => {
  let subject: TestSimulator;
  beforeEach(async () => {
    subject = await TestSimulator.start();
  });
  afterEach(() => subject.close());

  const pageFor = (more: Record<string, string>) => {
    const query = new URLSearchParams({ client_id: 'daybook-local', scope: CALENDARS, state: 's', ...more });
    return subject.page(`/organizations/v2.0/adminconsent?${query.toString()}`);
  };

  it('knows no organisation of one who leaves before the sign-in, and names none', async () => {
    const login = await pageFor({ redirect_uri: REDIRECT });
    expect(login.html).toContain('name="cancel"');
    const { location } = await subject.submit(login, [['cancel', 'true']]);
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({
      error: 'permission_denied',
      error_description: expect.stringContaining('canceled'),
      state: 's',
    });
    expect((await subject.submit(login, [['account', ADMIN]])).html).toContain('expired');
  });

  it('is left on a page of its own by one who was sent from nowhere', async () => {
    expect((await subject.submit(await pageFor({}), [['cancel', 'true']])).html).toContain('Not approved');
  });

  it('is the only sign-in that can be left so', async () => {
    expect((await subject.open({ login_hint: ADA })).html).not.toContain('name="cancel"');
  });
});
