/**
 * Who may say what on the broker. Each service has a user of its own: it hears its own subjects and its private inbox, and
 * speaks to the others by request. Only calendar-svc may ask for access to a mailbox; no user may delete a stream. The same
 * table makes the configuration of the embedded server and `docker/nats.conf`.
 */

/** Replies to one user cannot be read by another: the prefix is the service's alone. */
export const inboxPrefix = (user) => `_INBOX_${user}`;

const STREAMS = ['DAYBOOK_EVENTS', 'DAYBOOK_JOBS', 'DAYBOOK_AUDIT'];
const ACCESS = 'auth.access.>';
const NEVER = ['$JS.API.STREAM.DELETE.>', '$JS.API.STREAM.PURGE.>', '$JS.API.STREAM.MSG.DELETE.>', '$JS.API.ACCOUNT.>'];
// A stream may be told to take any subject, also another one's inbox: making streams is for services alone, not for the door.
const STREAM_READING = [
  '$JS.API.INFO',
  '$JS.API.STREAM.NAMES',
  ...STREAMS.map((name) => `$JS.API.STREAM.INFO.${name}`),
];
const JETSTREAM = ['$JS.API.>', '$JS.ACK.>', '$JS.FC.>'];

/** Answers go to the inbox of whoever asked, one for each request, and not for ever. */
const ANSWERS = { max: 1, expires: '2m' };

function service({ user, publish, deny = [], subscribe }) {
  return {
    user,
    permissions: {
      publish: { allow: publish, deny: [...deny, ...NEVER] },
      subscribe: { allow: [`${inboxPrefix(user)}.>`, ...subscribe] },
      allow_responses: ANSWERS,
    },
  };
}

const gateway = service({
  user: 'gateway',
  publish: ['auth.>', 'calendar.>', 'admin.>', 'audit.>', ...STREAM_READING],
  deny: [ACCESS, 'auth.connection.report', 'auth.receipt.report'],
  subscribe: ['push.>', 'evt.>'],
});

const authService = service({
  user: 'auth-svc',
  publish: ['admin.>', 'calendar.>', 'job.>', 'evt.auth.>', 'push.>', 'audit.>', ...JETSTREAM],
  subscribe: ['auth.>', 'evt.>'],
});

const calendarService = service({
  user: 'calendar-svc',
  publish: ['auth.>', 'admin.>', 'job.calendar.>', 'evt.calendar.>', 'push.>', 'audit.>', ...JETSTREAM],
  subscribe: ['calendar.>', 'evt.>'],
});

const adminService = service({
  user: 'admin-svc',
  publish: ['auth.>', 'calendar.>', 'job.admin.>', 'evt.admin.>', 'push.>', 'audit.>', ...JETSTREAM],
  deny: [ACCESS, 'auth.connection.report', 'auth.receipt.report'],
  subscribe: ['admin.>', 'evt.>'],
});

/** For the operator's own programs: reads events with any client, also one that keeps the usual inbox prefix. */
const eventsReader = {
  user: 'events-reader',
  permissions: {
    publish: {
      allow: [
        ...['$JS.API.INFO', '$JS.API.STREAM.NAMES', '$JS.API.STREAM.LIST', '$JS.API.STREAM.INFO.DAYBOOK_EVENTS'],
        ...['CREATE', 'DURABLE.CREATE', 'INFO', 'MSG.NEXT'].map((verb) => `$JS.API.CONSUMER.${verb}.DAYBOOK_EVENTS.>`),
        ...['CREATE', 'NAMES', 'LIST'].map((verb) => `$JS.API.CONSUMER.${verb}.DAYBOOK_EVENTS`),
        ...[
          '$JS.API.STREAM.MSG.GET.DAYBOOK_EVENTS',
          '$JS.API.DIRECT.GET.DAYBOOK_EVENTS.>',
          '$JS.API.DIRECT.GET.DAYBOOK_EVENTS',
        ],
        ...['$JS.ACK.DAYBOOK_EVENTS.>', '$JS.FC.DAYBOOK_EVENTS.>'],
      ],
    },
    subscribe: { allow: ['_INBOX.>', `${inboxPrefix('events-reader')}.>`, 'evt.>'] },
  },
};

/** All users without their passwords, in the order of the configuration. */
export const natsUsers = [gateway, authService, calendarService, adminService, eventsReader];

export const userNames = natsUsers.map(({ user }) => user);
