import { ADA, TestSimulator, timed } from '../testing/start-simulator';

describe('mails to guests', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start();
  });
  afterEach(() => subject.close());

  it('tells a guest who is no longer invited', async () => {
    const guests = [{ email: 'eve@elsewhere.example' }, { email: 'joe@elsewhere.example' }];
    await subject.insert({ id: 'left1', ...timed('Together', '2026-12-01'), attendees: guests });
    await subject.call('PATCH', 'calendars/primary/events/left1?sendUpdates=all', {
      body: { attendees: guests.slice(0, 1) },
    });
    expect(subject.control.ledger(ADA).mails.map(({ to, subject: title }) => [to, title])).toEqual([
      ['eve@elsewhere.example', 'Updated invitation: Together'],
      ['joe@elsewhere.example', 'Canceled event: Together'],
    ]);
  });

  it('sends no mail unless asked', async () => {
    await subject.insert({ ...timed('Quiet', '2026-12-01'), attendees: [{ email: 'eve@elsewhere.example' }] });
    expect(subject.control.ledger(ADA).mails).toEqual([]);
    expect(subject.control.ledger(ADA).writes).toMatchObject([{ operation: 'insert' }]);
  });
});
