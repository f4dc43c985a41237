import { calendarFreeBusyGet, fail, type FreeBusy } from '@daybook/contracts';
import { person } from '../testing/samples';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';

const found: FreeBusy = {
  items: [
    {
      userId: 'usr_ada',
      email: 'ada@example.com',
      busy: [{ start: '2026-11-23T08:00:00.000Z', end: '2026-11-23T09:00:00.000Z', status: 'tentative' }],
    },
    { email: 'dan@example.com', busy: [], reason: 'unknown_address' },
  ],
};
const WEEK = 'from=2026-11-23T00:00:00Z&to=2026-11-30T00:00:00Z';

describe('when people are taken, at the gateway', () => {
  let subject: GatewayUnderTest;

  beforeEach(async () => {
    subject = await startGateway();
    subject.services.answer(calendarFreeBusyGet, () => found);
  });
  afterEach(() => subject.stop());

  const get = async (query: string, headers?: Record<string, string>) =>
    subject.app.inject({
      method: 'GET',
      url: `/v1/free-busy?${query}`,
      headers: headers ?? (await subject.signedIn()),
    });
  const asked = () => subject.services.callsOf(calendarFreeBusyGet).map(({ input }) => input);

  it('is asked for as the person who is signed in, with the query as it came', async () => {
    const response = await get(`users=usr_ada,dan@example.com&${WEEK}`);
    expect([response.statusCode, response.json()]).toEqual([200, found]);
    expect(asked()).toMatchObject([
      {
        caller: { userId: person.userId, accountId: person.accountId },
        query: { users: 'usr_ada,dan@example.com', from: '2026-11-23T00:00:00Z', to: '2026-11-30T00:00:00Z' },
      },
    ]);
    await get(`users=usr_ada&users=dan@example.com&${WEEK}`);
    expect(asked()[1]).toMatchObject({ query: { users: ['usr_ada', 'dan@example.com'] } });
  });

  it('tells nobody anything who is not signed in, or while the integration is switched off', async () => {
    expect((await get(WEEK, {})).statusCode).toBe(401);
    subject.setPolicy({ enabled: false });
    const closed = await get(`users=usr_ada&${WEEK}`);
    expect([closed.statusCode, closed.json()]).toMatchObject([403, { code: 'integration_disabled' }]);
    expect(asked()).toEqual([]);
  });

  it.each([
    ['invalid_query', 400],
    ['not_found', 404],
    ['capability_not_available', 422],
    ['rate_limited', 429],
    ['provider_unavailable', 503],
  ] as const)('answers %s as %i, as its description says', async (code, status) => {
    subject.services.answer(calendarFreeBusyGet, () => {
      throw fail(code);
    });
    const response = await get(`users=usr_nobody&${WEEK}`);
    expect([response.statusCode, response.json()]).toMatchObject([status, { code }]);
    const described = (await subject.app.inject({ method: 'GET', url: '/openapi.json' })).json();
    const { responses } = described.paths['/v1/free-busy'].get;
    expect(responses[String(status)]['x-codes']).toContain(code);
  });

  it('is described with what may be missing, and how people are named', async () => {
    const described = (await subject.app.inject({ method: 'GET', url: '/openapi.json' })).json();
    const { parameters } = described.paths['/v1/free-busy'].get;
    expect(parameters).toContainEqual(
      expect.objectContaining({
        name: 'users',
        in: 'query',
        required: true,
        schema: expect.objectContaining({ anyOf: expect.anything() }),
      }),
    );
    const item = described.components.schemas.GetFreeBusyAnswer.properties.items.items;
    expect(item.required).toEqual(['email', 'busy']);
    expect(item.properties.reason.enum).toEqual(['unknown_address', 'not_allowed', 'not_told', 'incomplete']);
    expect(item.properties.reason.description).toContain('not the same as being free');
  });
});
