import type { Answer } from '@daybook/simulator-kit';
import { cancelBody, forwardBody, responseBody, snoozeBody } from '../mailbox/event-body';
import { callOff, forward, respond } from '../mailbox/responses';
import type { Answer as MeetingAnswer } from '../mailbox/meeting-mails';
import { readTime } from '../mailbox/zoned-times';
import { emptyAnswer } from './answers';
import type { Call, Method } from './call';
import { parametersOf } from './event-bodies';
import { writable } from './event-methods';
import { refusals } from './graph-error';

const ACCEPTED = 202;
const action = (name: string, run: Method['run']): Method => ({
  verb: 'POST',
  path: `events/*/${name}`,
  on: 'calendar',
  need: 'write',
  options: [],
  body: true,
  writes: true,
  run,
});

/** What is done to single meetings. */
export const eventActions: readonly Method[] = [
  action('accept', (call) => answerMeeting(call, 'accepted', 'accept')),
  action('decline', (call) => answerMeeting(call, 'declined', 'decline')),
  action('tentativelyAccept', (call) => answerMeeting(call, 'tentativelyAccepted', 'tentativelyAccept')),
  action('cancel', cancel),
  action('forward', sendOn),
  action('snoozeReminder', snooze),
  action('dismissReminder', dismiss),
  action('permanentDelete', permanentDelete),
];

function answerMeeting(call: Call, answer: MeetingAnswer, name: string): Answer {
  const { place, item } = call.item(call.parts[0] ?? '');
  const { sendResponse, proposedNewTime } = parametersOf(responseBody, call.body, name);
  if (answer === 'accepted' && proposedNewTime !== undefined && proposedNewTime !== null) {
    throw refusals.badRequest("The parameter 'proposedNewTime' does not belong to 'accept'.");
  }
  const { writer } = call.setting;
  respond(
    writer,
    call.box,
    { store: writable(place).store, item },
    {
      answer,
      sendResponse: sendResponse ?? true,
      proposedNewTime:
        proposedNewTime === undefined || proposedNewTime === null
          ? null
          : { start: readTime(proposedNewTime.start), end: readTime(proposedNewTime.end) },
    },
    call.writing(name),
  );
  return emptyAnswer(ACCEPTED);
}

function cancel(call: Call): Answer {
  parametersOf(cancelBody, call.body, 'cancel');
  const { place, item } = call.item(call.parts[0] ?? '');
  callOff(call.setting.writer, writable(place).store, item, call.writing('cancel'));
  return emptyAnswer(ACCEPTED);
}

function sendOn(call: Call): Answer {
  const { item } = call.item(call.parts[0] ?? '');
  const { toRecipients } = parametersOf(forwardBody, call.body, 'forward');
  const people = toRecipients.map(({ emailAddress }) => {
    const address = emailAddress?.address ?? '';
    if (!address.includes('@')) throw refusals.invalidRequest('A recipient needs a valid address.');
    return { address, name: emailAddress?.name ?? address };
  });
  forward(call.setting.writer, item, people, call.writing('forward'));
  return emptyAnswer(ACCEPTED);
}

function snooze(call: Call): Answer {
  const { newReminderTime } = parametersOf(snoozeBody, call.body, 'snoozeReminder');
  readTime(newReminderTime);
  call.item(call.parts[0] ?? '');
  return emptyAnswer(200);
}

function dismiss(call: Call): Answer {
  const { place, item } = call.item(call.parts[0] ?? '');
  call.setting.writer.patch(writable(place).store, item, { isReminderOn: false }, call.writing('dismissReminder'));
  return emptyAnswer(200);
}

function permanentDelete(call: Call): Answer {
  const { place, item } = call.item(call.parts[0] ?? '');
  call.setting.writer.remove(writable(place).store, item, call.writing('permanentDelete'));
  return emptyAnswer(204);
}
