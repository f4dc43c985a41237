import type { Meeting } from '@daybook/contracts';

/** A plain meeting of ours, half an hour long, to change where a spec needs it. */
export function aMeeting(id: string, start: string, more: Partial<Meeting> = {}): Meeting {
  const zone = 'Europe/Berlin';
  const end = new Date(Date.parse(`${start}Z`) + 1_800_000).toISOString().slice(0, 19);
  return {
    id,
    kind: 'meeting',
    title: id,
    start: { dateTime: start, timeZone: zone },
    end: { dateTime: end, timeZone: zone },
    allDay: false,
    series: null,
    originalStart: null,
    host: { name: 'Ada', email: 'ada@example.com', isMe: true },
    attendees: [],
    response: 'none',
    visibility: 'default',
    redacted: false,
    calendar: { id: 'cal_1', name: 'Work', service: 'google' },
    location: null,
    join: {
      recognised: true,
      label: 'Zoom',
      provider: 'Zoom',
      url: 'https://example.zoom.us/j/85012345678',
      number: '85012345678',
      passcode: null,
      because: { field: 'location', rule: 'zoom-join' },
      candidates: [],
    },
    origin: 'provider',
    actions: { join: true, edit: false, delete: false, reasons: {} },
    editUrl: null,
    pending: null,
    refused: null,
    attendeesAtProvider: true,
    alsoIn: [],
    version: '1',
    ...more,
  };
}
