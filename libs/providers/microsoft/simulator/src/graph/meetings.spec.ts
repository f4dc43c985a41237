import { ADA, BEN, CLEO, codeOf, GraphBench, invited, timed, weekly, type AnswerBody } from './testing/graph-bench';

const EVE = 'eve@elsewhere.example';
const WINDOW = 'startDateTime=2026-11-01T00:00:00Z&endDateTime=2027-12-31T00:00:00Z';

describe('meetings', () => {
  let subject: GraphBench;

  beforeEach(async () => {
    subject = await GraphBench.start();
  });
  afterEach(() => subject.close());

  const agendaOf = async (as: string): Promise<(AnswerBody & { id: string })[]> =>
    (await subject.all(`/me/events?$top=50`, { as })).items.map((item) => ({ ...item, id: String(item['id']) }));
  const mails = (): string[] => subject.ledger.view(null).mails.map(({ to, subject: text }) => `${to}: ${text}`);
  const answerBy = (as: string, id: string, action: string, body: unknown = {}) =>
    subject.call('POST', `/me/events/${id}/${action}`, { as, body });

  it('lie in the calendars of all attendees, under other ids and one iCalUId', async () => {
    const meeting = await subject.create({ ...timed('Review', '2026-12-01'), ...invited(BEN, EVE) });
    const [copy] = await agendaOf(BEN);
    expect(copy).toMatchObject({
      subject: 'Review',
      iCalUId: meeting['iCalUId'],
      isOrganizer: false,
      showAs: 'tentative',
      responseStatus: { response: 'notResponded' },
      organizer: { emailAddress: { address: ADA, name: 'Ada Example' } },
      attendees: [{ emailAddress: { name: 'Ben Example', address: BEN } }, { emailAddress: { address: EVE } }],
    });
    expect(copy?.id).not.toBe(meeting.id);
    expect(mails()).toEqual([`${BEN}: Review`, `${EVE}: Review`]);
  });

  it('cannot be changed without mails, except for what is one’s own', async () => {
    const { id } = await subject.create({ ...timed('Review', '2026-12-01'), ...invited(BEN) });
    await subject.call('PATCH', `/me/events/${id}`, { body: { categories: ['Red'], isReminderOn: false } });
    expect(mails()).toEqual([`${BEN}: Review`]);
    await subject.call('PATCH', `/me/events/${id}`, { body: { location: { displayName: 'Room 2' } } });
    expect(mails()).toEqual([`${BEN}: Review`, `${BEN}: Updated: Review`]);
    expect((await agendaOf(BEN))[0]).toMatchObject({
      location: { displayName: 'Room 2' },
      categories: [],
      isReminderOn: true,
    });
  });

  it('tell those who are no longer invited', async () => {
    const { id } = await subject.create({ ...timed('Review', '2026-12-01'), ...invited(BEN, CLEO) });
    await subject.call('PATCH', `/me/events/${id}`, { body: invited(CLEO) });
    expect(mails().slice(2)).toEqual([`${CLEO}: Updated: Review`, `${BEN}: Canceled: Review`]);
    expect(await agendaOf(BEN)).toMatchObject([{ isCancelled: true, subject: 'Canceled: Review', showAs: 'free' }]);
    expect(await agendaOf(CLEO)).toMatchObject([{ isCancelled: false, subject: 'Review' }]);
  });

  it('are answered, and the organizer learns it', async () => {
    const { id } = await subject.create({ ...timed('Review', '2026-12-01'), ...invited(BEN, CLEO) });
    const [copy] = await agendaOf(BEN);
    expect((await answerBy(BEN, copy?.id ?? '', 'accept', { Comment: 'Fine' })).status).toBe(202);
    expect((await agendaOf(BEN))[0]).toMatchObject({ responseStatus: { response: 'accepted' }, showAs: 'busy' });
    const { body } = await subject.get(`/me/events/${id}`);
    expect(body['attendees']).toMatchObject([
      { status: { response: 'accepted', time: '2026-11-22T08:00:00.000Z' } },
      { status: { response: 'none' } },
    ]);
    expect(mails().at(-1)).toBe(`${ADA}: Accepted: Review`);
    const [other] = await agendaOf(CLEO);
    expect(other?.['attendees']).toMatchObject([{ status: { response: 'none' } }, { status: { response: 'none' } }]);
  });

  it('are answered silently, or with another time', async () => {
    const { id } = await subject.create({ ...timed('Review', '2026-12-01'), ...invited(BEN) });
    const [copy] = await agendaOf(BEN);
    await answerBy(BEN, copy?.id ?? '', 'tentativelyAccept', { sendResponse: false });
    expect((await subject.get(`/me/events/${id}`)).body['attendees']).toMatchObject([{ status: { response: 'none' } }]);
    expect(mails()).toHaveLength(1);
    const { start, end } = timed('', '2026-12-02');
    const proposed = await answerBy(BEN, copy?.id ?? '', 'tentativelyAccept', { proposedNewTime: { start, end } });
    expect(proposed.status).toBe(202);
    expect((await subject.get(`/me/events/${id}`)).body['attendees']).toMatchObject([
      {
        status: { response: 'tentativelyAccepted' },
        proposedNewTime: { start: { dateTime: '2026-12-02T08:00:00.0000000' } },
      },
    ]);
  });

  it('leave the calendar of who declines', async () => {
    const { id } = await subject.create({ ...weekly('Weekly'), ...invited(BEN) });
    const [copy] = await agendaOf(BEN);
    const { body } = await subject.get(`/me/events/${copy?.id}/instances?${WINDOW}`, { as: BEN });
    await answerBy(BEN, String(body.value?.[1]?.['id']), 'decline');
    const left = await subject.get(`/me/events/${copy?.id}/instances?${WINDOW}`, { as: BEN });
    expect(left.body.value).toHaveLength(4);
    await answerBy(BEN, copy?.id ?? '', 'decline');
    expect(await agendaOf(BEN)).toEqual([]);
    expect((await subject.get(`/me/events/${id}`)).body['attendees']).toMatchObject([
      { status: { response: 'declined' } },
    ]);
  });

  it('refuse answers nobody may give', async () => {
    const { id } = await subject.create({
      ...timed('Review', '2026-12-01'),
      ...invited(BEN),
      responseRequested: false,
    });
    const [copy] = await agendaOf(BEN);
    expect(codeOf(await answerBy(ADA, id, 'accept'))).toEqual([400, 'ErrorInvalidRequest']);
    expect(codeOf(await answerBy(BEN, copy?.id ?? '', 'accept'))).toEqual([400, 'ErrorInvalidRequest']);
    expect((await answerBy(BEN, copy?.id ?? '', 'accept', { sendResponse: false })).status).toBe(202);
    expect(codeOf(await answerBy(BEN, copy?.id ?? '', 'cancel'))).toEqual([400, 'ErrorInvalidRequest']);
    expect(codeOf(await answerBy(BEN, copy?.id ?? '', 'decline', { reason: 'x' }))).toEqual([400, 'RequestBodyRead']);
  });

  it('are changed by their organizer only', async () => {
    await subject.create({ ...timed('Review', '2026-12-01'), ...invited(BEN) });
    const [copy] = await agendaOf(BEN);
    const path = `/me/events/${copy?.id}`;
    const moved = await subject.call('PATCH', path, { as: BEN, body: timed('Mine', '2026-12-02') });
    expect(codeOf(moved)).toEqual([403, 'ErrorAccessDenied']);
    const own = await subject.call('PATCH', path, { as: BEN, body: { categories: ['Blue'], showAs: 'oof' } });
    expect(own.body).toMatchObject({ categories: ['Blue'], showAs: 'oof' });
  });

  it('stay with attendees, marked as cancelled, when the organizer calls them off', async () => {
    const { id } = await subject.create({ ...timed('Review', '2026-12-01'), ...invited(BEN) });
    expect((await answerBy(ADA, id, 'cancel', { comment: 'Sorry' })).status).toBe(202);
    expect(codeOf(await subject.get(`/me/events/${id}`))).toEqual([404, 'ErrorItemNotFound']);
    const [copy] = await agendaOf(BEN);
    expect(copy).toMatchObject({ isCancelled: true, subject: 'Canceled: Review' });
    expect(mails()).toEqual([`${BEN}: Review`, `${BEN}: Canceled: Review`]);
    expect((await subject.call('DELETE', `/me/events/${copy?.id}`, { as: BEN })).status).toBe(204);
    expect(mails()).toHaveLength(2);
    const alone = await subject.create(timed('Alone', '2026-12-01'));
    expect(codeOf(await answerBy(ADA, alone.id, 'cancel'))).toEqual([400, 'ErrorInvalidRequest']);
  });

  it('are deleted with a mail, a single occurrence too', async () => {
    const { id } = await subject.create({ ...weekly('Weekly'), ...invited(BEN) });
    const { body } = await subject.get(`/me/events/${id}/instances?${WINDOW}`);
    await subject.call('DELETE', `/me/events/${body.value?.[0]?.['id']}`);
    const [copy] = await agendaOf(BEN);
    const left = await subject.get(`/me/events/${copy?.id}/instances?${WINDOW}`, { as: BEN });
    expect(left.body.value).toHaveLength(4);
    await subject.call('DELETE', `/me/events/${id}`);
    expect(mails()).toEqual([`${BEN}: Weekly`, `${BEN}: Canceled: Weekly`, `${BEN}: Canceled: Weekly`]);
  });

  it('give only the one occurrence to who is invited to it alone', async () => {
    const { id } = await subject.create({ ...weekly('Weekly'), ...invited(BEN) });
    const { body } = await subject.get(`/me/events/${id}/instances?${WINDOW}`);
    await subject.call('PATCH', `/me/events/${body.value?.[1]?.['id']}`, { body: invited(BEN, CLEO) });
    expect(await agendaOf(CLEO)).toMatchObject([{ type: 'singleInstance', subject: 'Weekly', recurrence: null }]);
  });

  it('hide attendees from each other on request', async () => {
    await subject.create({ ...timed('Secret', '2026-12-01'), ...invited(BEN, CLEO), hideAttendees: true });
    expect((await agendaOf(BEN))[0]?.['attendees']).toMatchObject([{ emailAddress: { address: BEN } }]);
  });

  it('are sent on, from an attendee’s calendar as an invitation', async () => {
    const { id } = await subject.create({ ...timed('Review', '2026-12-01'), ...invited(BEN) });
    const [copy] = await agendaOf(BEN);
    const toRecipients = [{ emailAddress: { address: CLEO } }];
    expect((await answerBy(BEN, copy?.id ?? '', 'forward', { toRecipients })).status).toBe(202);
    expect(mails().at(-1)).toBe(`${CLEO}: FW: Review`);
    expect((await subject.get(`/me/events/${id}`)).body['attendees']).toHaveLength(2);
    expect(await agendaOf(CLEO)).toMatchObject([{ subject: 'Review' }]);
  });

  it('have reminders that can be put off and switched off', async () => {
    const { id } = await subject.create(timed('Soon', '2026-12-01'));
    const newReminderTime = { dateTime: '2026-12-01T08:00:00', timeZone: 'UTC' };
    expect((await answerBy(ADA, id, 'snoozeReminder', { newReminderTime })).status).toBe(200);
    expect((await answerBy(ADA, id, 'dismissReminder')).status).toBe(200);
    expect((await subject.get(`/me/events/${id}`)).body['isReminderOn']).toBe(false);
  });
});
