// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusal, type Call } from '../../api/testing';
import { aMeeting } from '../../time/testing';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { showPages } from './testing';

const made = () => Response.json(aMeeting('mtg_new', '2036-11-24T09:00:00'), { status: 201 });
const keyOf = ({ init }: Call) => new Headers(init.headers).get('idempotency-key');
const bodyOf = ({ init }: Call): unknown => JSON.parse(String(init.body));
const posts = (calls: readonly Call[]) => calls.filter(({ path }) => path === '/v1/meetings');
const submit = () => userEvent.click(screen.getByRole('button', { name: 'Schedule' }));
const attendees = () => screen.findByLabelText('Attendees', { selector: 'input' });
const topic = () => screen.findByLabelText('Topic');
const enter = async (text: string) => {
  await userEvent.click(await topic());
  await userEvent.paste(text);
};

describe('SchedulePage', { timeout: 30_000 }, () => {
  beforeAll(fillBrowserGaps);
  beforeEach(() => sessionStorage.clear());
  afterEach(cleanup);

  it('opens at the topic, schedules into the main calendar and goes to the meeting', async () => {
    const { server } = await showPages('/meetings/new?view=week', { '/v1/meetings': made });
    expect(await topic()).toHaveFocus();
    await userEvent.keyboard('Planning{Enter}');
    await screen.findByText('at /meetings/mtg_new?view=week');
    const [post] = posts(server.calls);
    expect(post && bodyOf(post)).toMatchObject({ topic: 'Planning', kind: 'meeting', calendarId: 'cal_1' });
    expect(post && bodyOf(post)).not.toHaveProperty('notify');
  });

  it('tries again under the same key, so that a lost answer makes one meeting', async () => {
    let answers = 0;
    const { server } = await showPages('/meetings/new', {
      '/v1/meetings': () => ((answers += 1) === 1 ? Promise.reject(new TypeError('cut')) : made()),
    });
    await enter('Planning');
    await submit();
    expect(await screen.findByText('Daybook does not answer')).toBeVisible();
    await submit();
    await screen.findByText('at /meetings/mtg_new');
    const keys = posts(server.calls).map(keyOf);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it('takes another key when it is opened again', async () => {
    const first = await showPages('/meetings/new', { '/v1/meetings': made });
    await enter('One');
    await submit();
    await screen.findByText('at /meetings/mtg_new');
    cleanup();
    const second = await showPages('/meetings/new', { '/v1/meetings': made });
    await enter('Two');
    await submit();
    await screen.findByText('at /meetings/mtg_new');
    const keys = [...posts(first.server.calls), ...posts(second.server.calls)].map(keyOf);
    expect(new Set(keys).size).toBe(2);
  });

  it('sends nothing while something is missing, and goes there', async () => {
    const { server } = await showPages('/meetings/new');
    await userEvent.type(await attendees(), 'Ben,');
    await submit();
    expect(await screen.findByText('Give it a topic.')).toBeVisible();
    expect(screen.getByText('Not an email address: Ben')).toBeVisible();
    expect(await topic()).toHaveFocus();
    await userEvent.type(await topic(), 'P');
    expect(screen.queryByText('Give it a topic.')).toBeNull();
    expect(posts(server.calls)).toEqual([]);
  });

  it.each(['en', 'de'] as const)(
    'shows a server’s complaints at their fields, in words of the page (%s)',
    async (language) => {
      const fields = [
        { field: 'start', code: 'time_twice', detail: 'It comes twice.' },
        { field: 'attendees.0', code: 'brand_new', detail: 'Not known.' },
      ];
      const body = {
        code: 'invalid_body',
        status: 422,
        title: '',
        detail: '',
        blame: 'user',
        correlationId: 'c',
        fields,
      };
      const words = {
        en: { topic: 'Topic', attendees: 'Attendees', submit: 'Schedule', date: 'Date', fault: /clock goes back/ },
        de: { topic: 'Thema', attendees: 'Teilnehmende', submit: 'Planen', date: 'Datum', fault: /Uhr zurückgestellt/ },
      }[language];
      await showPages('/meetings/new', { '/v1/meetings': () => Response.json(body, { status: 422 }) }, language);
      await userEvent.type(await screen.findByLabelText(words.topic), 'Planning');
      await userEvent.type(screen.getByLabelText(words.attendees, { selector: 'input' }), 'ben@example.com,');
      await userEvent.click(screen.getByRole('button', { name: words.submit }));
      expect(await screen.findByText('ben@example.com: Not known.')).toBeVisible();
      expect(screen.getByLabelText(words.date)).toHaveAccessibleDescription(words.fault);
      expect(screen.getByLabelText(words.date)).toHaveFocus();
    },
  );

  it('takes pasted lists as chips, which can be removed by keyboard', async () => {
    await showPages('/meetings/new');
    const field = await attendees();
    await userEvent.click(field);
    await userEvent.paste('Ben <ben@example.com>; cleo@example.com');
    expect(screen.getByText('Ben')).toBeVisible();
    await userEvent.keyboard('{Backspace}');
    expect(screen.queryByText('cleo@example.com')).toBeNull();
    screen.getByRole('button', { name: 'Remove Ben' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(screen.queryByText('Ben')).toBeNull();
    expect(screen.queryByRole('switch', { name: /^Send invitations/ })).toBeNull();
  });

  it('says what becomes of it when the calendar takes long to answer', async () => {
    await showPages('/meetings/new', { '/v1/meetings': () => new Promise(() => {}) });
    await enter('Planning');
    await submit();
    expect(screen.queryByText(/It is being written/)).toBeNull();
    expect(await screen.findByText(/it is written later by itself/, {}, { timeout: 5_000 })).toBeVisible();
  });

  it('says why when writing is not possible', async () => {
    await showPages('/meetings/new', { '/v1/meetings': () => refusal(403, 'two_way_off') });
    await enter('Planning');
    await submit();
    expect(await screen.findByText('Writing to calendars is switched off')).toBeVisible();
  });
});
