// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Meeting } from '@daybook/contracts';
import { refusal, type Answer, type Call } from '../../api/testing';
import { aMeeting } from '../../time/testing';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { showPages } from './testing';

const editable = { join: true, edit: true, delete: true, reasons: {} };
const ours = (more: Partial<Meeting> = {}) =>
  aMeeting('mtg_1', '2036-11-25T09:00:00', { title: 'Review', origin: 'client', actions: editable, ...more });
const series = { id: 'ser_1', rule: ['RRULE:FREQ=WEEKLY;BYDAY=TU'] };
const isPatch = ({ init }: Call) => init.method === 'PATCH';
const bodyOf = (call: Call | undefined): unknown => call && JSON.parse(String(call.init.body));
const ifMatch = (call: Call | undefined) => call && new Headers(call.init.headers).get('if-match');
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save' }));
const topic = () => screen.findByLabelText('Topic');
const rename = async (title: string) => {
  await userEvent.clear(await topic());
  await userEvent.paste(title);
};

/** Answers reads with what `now` says and writes with what `write` says. */
const meetingAt =
  (now: () => Meeting, write: Answer): Answer =>
  (call) =>
    isPatch(call) ? write(call) : Response.json(now());

describe('EditPage', { timeout: 30_000 }, () => {
  beforeAll(fillBrowserGaps);
  afterEach(cleanup);

  it('sends what is different under the version it was read at', async () => {
    const done = () => Response.json({ meeting: ours({ title: 'Colours' }), editUrl: null });
    const { server } = await showPages('/meetings/mtg_1/edit', { '/v1/meetings/mtg_1': meetingAt(() => ours(), done) });
    await rename('Colours');
    await save();
    await screen.findByText('at /meetings/mtg_1');
    const patch = server.calls.find(isPatch);
    expect(bodyOf(patch)).toEqual({ topic: 'Colours' });
    expect(ifMatch(patch)).toBe('"1"');
  });

  it('sends nothing when nothing is different', async () => {
    const { server } = await showPages('/meetings/mtg_1/edit', { '/v1/meetings/mtg_1': () => Response.json(ours()) });
    await topic();
    await save();
    await screen.findByText('at /meetings/mtg_1');
    expect(server.calls.filter(isPatch)).toEqual([]);
  });

  it('shows what changed meanwhile and goes on with it, keeping what was entered', async () => {
    let now = ours();
    const write: Answer = (call) =>
      ifMatch(call) === '"2"' ? Response.json({ meeting: now, editUrl: null }) : refusal(412, 'version_conflict');
    const { server } = await showPages('/meetings/mtg_1/edit', { '/v1/meetings/mtg_1': meetingAt(() => now, write) });
    await rename('Colours');
    now = ours({ visibility: 'private', title: 'Review of all', version: '2' });
    await save();
    expect(await screen.findByText('The meeting has changed meanwhile')).toBeVisible();
    expect(screen.getByText('topic: Review → Review of all')).toBeVisible();
    expect(screen.getByText('visibility: As usual in the calendar → Private')).toBeVisible();
    expect(screen.getByText(/You both changed: topic\./)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Go on with the present version' }));
    expect(await topic()).toHaveValue('Colours');
    expect(screen.getByRole('combobox', { name: 'Visibility' })).toHaveValue('Private');
    await save();
    await screen.findByText('at /meetings/mtg_1');
    const patch = server.calls.filter(isPatch).at(-1);
    expect([ifMatch(patch), bodyOf(patch)]).toEqual(['"2"', { topic: 'Colours' }]);
  });

  it('can let go of what was entered instead', async () => {
    let now = ours();
    const write = () => refusal(412, 'version_conflict');
    await showPages('/meetings/mtg_1/edit', { '/v1/meetings/mtg_1': meetingAt(() => now, write) });
    await rename('Colours');
    now = ours({ title: 'Review of all', version: '2' });
    await save();
    await userEvent.click(await screen.findByRole('button', { name: 'Discard mine' }));
    expect(await topic()).toHaveValue('Review of all');
  });

  it('says before saving what a changed time does, and leads to the separate event', async () => {
    const separateEvent = ours({ id: 'mtg_2' });
    const done = () => Response.json({ meeting: ours(), editUrl: 'https://calendar.example/2', separateEvent });
    const { server } = await showPages('/meetings/mtg_1/edit', { '/v1/meetings/mtg_1': meetingAt(() => ours(), done) });
    await topic();
    fireEvent.change(screen.getByLabelText('Start'), { target: { value: '10:15' } });
    expect(screen.getByText(/makes a separate event with the new time/)).toBeVisible();
    await save();
    await screen.findByText('at /meetings/mtg_2');
    expect(bodyOf(server.calls.find(isPatch))).toEqual({
      start: { dateTime: '2036-11-25T10:15:00', timeZone: 'Europe/Berlin' },
      end: { dateTime: '2036-11-25T10:45:00', timeZone: 'Europe/Berlin' },
    });
  });

  it('asks about mail only when the provider would send some', async () => {
    const attendees = [
      { name: null, email: 'b@example.com', response: 'none', role: 'required', isMe: false },
    ] as const;
    const meeting = ours({ attendees: [...attendees] });
    const write: Answer = ({ init }) =>
      String(init.body).includes('"notify":true')
        ? Response.json({ meeting, editUrl: null })
        : refusal(409, 'would_notify');
    await showPages('/meetings/mtg_1/edit', { '/v1/meetings/mtg_1': meetingAt(() => meeting, write) });
    await rename('Colours');
    await save();
    expect(await screen.findByText(/Mail would go to b@example.com\./)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Not now' }));
    expect(await topic()).toHaveValue('Colours');
    await save();
    await userEvent.click(await screen.findByRole('button', { name: 'Save and send mail' }));
    await screen.findByText('at /meetings/mtg_1');
  });

  it('asks of a series how much is meant, and edits the whole of it at its head', async () => {
    const head = ours({ id: 'ser_1', title: 'Weekly', series, version: 'h7' });
    const done = () => Response.json({ meeting: head, editUrl: null });
    const { server } = await showPages('/meetings/mtg_1/edit', {
      '/v1/meetings/mtg_1': () => Response.json(ours({ series })),
      '/v1/meetings/ser_1': meetingAt(() => head, done),
    });
    await userEvent.click(await screen.findByRole('radio', { name: 'The whole series' }));
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    expect(screen.getByText('The whole series')).toBeVisible();
    await rename('Every Tuesday');
    await save();
    await screen.findByText('at /meetings/mtg_1');
    const patch = server.calls.find(isPatch);
    expect([patch?.path, ifMatch(patch)]).toEqual(['/v1/meetings/ser_1?scope=all', '"h7"']);
  });

  it('leaves the rule alone when only one of a series is edited', async () => {
    await showPages('/meetings/mtg_1/edit?scope=this', { '/v1/meetings/mtg_1': () => Response.json(ours({ series })) });
    await topic();
    expect(screen.getByText('Only this one: Tuesday 25 November, 09:00–09:30')).toBeVisible();
    expect(screen.queryByLabelText('Repeat')).toBeNull();
    expect(screen.getByText('It lives in Work (google).')).toBeVisible();
  });

  it('says why there is no form, with the provider’s page', async () => {
    const actions = { ...editable, edit: false, reasons: { edit: 'not_organizer' as const } };
    const meeting = ours({ actions, editUrl: 'https://calendar.example/1' });
    await showPages('/meetings/mtg_1/edit', { '/v1/meetings/mtg_1': () => Response.json(meeting) });
    expect(await screen.findByText(/Another person organizes it/)).toBeVisible();
    expect(screen.getByRole('link', { name: /^Open in google/ })).toHaveAttribute('href', meeting.editUrl);
  });
});
