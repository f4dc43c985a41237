/**
 * Which links are meeting links: the table. A vendor is known by its hosts; a path decides whether a page of those hosts
 * is a meeting. Everything else in this folder is machinery that reads this table. Paths are matched whole.
 * A new vendor, or a new brand for a deployment, is a row here.
 */

export interface LinkRule {
  /** Shown to people as the reason, so it stays stable: `zoom.join`. */
  readonly name: string;
  readonly kind: 'meeting' | 'webinar';
  /** Against the path alone. A group named `number` is the meeting number, `passcode` the passcode. */
  readonly path: RegExp;
  /** Query parameters that must be there for the path to count. */
  readonly needs?: readonly string[];
  /** Query parameter that holds the meeting number. */
  readonly numberIn?: string;
  /** Query parameter that holds the passcode. */
  readonly passcodeIn?: string;
}

export interface Vendor {
  /** The brand's name, as in `MEETING_BRAND`. */
  readonly name: string;
  /** Registrable or full hosts; each stands for itself and, with `subdomains`, for all below it. */
  readonly hosts: readonly { readonly host: string; readonly subdomains: boolean }[];
  readonly rules: readonly LinkRule[];
  /** How a link to a meeting number is written, where the vendor's links are made of one. */
  readonly issued?: {
    readonly host: string;
    readonly path: Readonly<Record<LinkRule['kind'], string>>;
    readonly passcodeIn: string;
  };
}

const exactly = (...hosts: string[]): Vendor['hosts'] => hosts.map((host) => ({ host, subdomains: false }));
const under = (...hosts: string[]): Vendor['hosts'] => hosts.map((host) => ({ host, subdomains: true }));

const ZOOM: Vendor = {
  name: 'Zoom',
  // Accounts have vanity hosts (acme.zoom.us), data centres their own (us02web.zoom.us).
  hosts: under('zoom.us', 'zoom.com', 'zoomgov.com', 'zoom.com.cn', 'zoomus.cn'),
  issued: { host: 'zoom.us', path: { meeting: '/j/', webinar: '/w/' }, passcodeIn: 'pwd' },
  rules: [
    { name: 'zoom.join', kind: 'meeting', path: /^\/j\/(?<number>\d{9,12})\/?$/, passcodeIn: 'pwd' },
    { name: 'zoom.webinar', kind: 'webinar', path: /^\/w\/(?<number>\d{9,12})\/?$/, passcodeIn: 'pwd' },
    { name: 'zoom.start', kind: 'meeting', path: /^\/s\/(?<number>\d{9,12})\/?$/, passcodeIn: 'pwd' },
    { name: 'zoom.personal', kind: 'meeting', path: /^\/my\/[A-Za-z0-9._-]{2,64}\/?$/, passcodeIn: 'pwd' },
    { name: 'zoom.browser', kind: 'meeting', path: /^\/wc\/join\/(?<number>\d{9,12})\/?$/, passcodeIn: 'pwd' },
    {
      name: 'zoom.browser',
      kind: 'meeting',
      path: /^\/wc\/(?<number>\d{9,12})\/(?:join|start)\/?$/,
      passcodeIn: 'pwd',
    },
  ],
};

const TEAMS: Vendor = {
  name: 'Microsoft Teams',
  hosts: [...exactly('teams.microsoft.com', 'teams.live.com', 'teams.cloud.microsoft'), ...under('teams.microsoft.us')],
  rules: [
    { name: 'teams.join', kind: 'meeting', path: /^\/(?:_#\/)?l\/meetup-join\/.+$/ },
    { name: 'teams.meet', kind: 'meeting', path: /^\/meet\/(?<number>\d{9,16})\/?$/, passcodeIn: 'p' },
  ],
};

const GOOGLE_MEET: Vendor = {
  name: 'Google Meet',
  hosts: exactly('meet.google.com', 'stream.meet.google.com'),
  rules: [
    { name: 'meet.join', kind: 'meeting', path: /^\/(?<number>[a-z]{3}-[a-z]{4}-[a-z]{3})\/?$/ },
    { name: 'meet.lookup', kind: 'meeting', path: /^\/lookup\/[A-Za-z0-9_-]+\/?$/ },
    { name: 'meet.stream', kind: 'webinar', path: /^\/stream\/[A-Za-z0-9_-]+\/?$/ },
  ],
};

const WEBEX: Vendor = {
  name: 'Webex',
  hosts: under('webex.com'),
  rules: [
    { name: 'webex.room', kind: 'meeting', path: /^\/(?:meet|join)\/[A-Za-z0-9._-]+\/?$/ },
    { name: 'webex.join', kind: 'meeting', path: /^\/[A-Za-z0-9._-]+\/j\.php$/, needs: ['MTID'], passcodeIn: 'PW' },
    { name: 'webex.event', kind: 'webinar', path: /^\/[A-Za-z0-9._-]+\/e\.php$/, needs: ['MTID'] },
    {
      name: 'webex.app',
      kind: 'meeting',
      path: /^\/webappng\/sites\/[A-Za-z0-9._-]+\/(?:meeting|webinar)\/[A-Za-z0-9._\/-]+$/,
    },
    { name: 'webex.service', kind: 'meeting', path: /^\/wbxmjs\/joinservice\/sites\/[A-Za-z0-9._\/-]+$/ },
  ],
};

const GOTO: Vendor = {
  name: 'GoToMeeting',
  hosts: [
    ...exactly('gotomeet.me', 'www.gotomeet.me', 'meet.goto.com', 'app.goto.com'),
    ...under('gotomeeting.com', 'gotowebinar.com'),
  ],
  rules: [
    { name: 'goto.join', kind: 'meeting', path: /^\/join\/(?<number>\d{9,12})\/?$/ },
    { name: 'goto.number', kind: 'meeting', path: /^\/(?<number>\d{9,12})\/?$/ },
    { name: 'goto.room', kind: 'meeting', path: /^\/(?:meeting\/|meet\/)[A-Za-z0-9._-]{3,}\/?$/ },
    { name: 'goto.webinar', kind: 'webinar', path: /^\/join\/(?<number>\d{13,20})(?:\/\d+)?\/?$/ },
  ],
};

const SMALLER: readonly Vendor[] = [
  {
    name: 'Whereby',
    hosts: under('whereby.com'),
    rules: [
      {
        name: 'whereby.room',
        kind: 'meeting',
        path: /^\/(?!(?:about|blog|business|contact|customers|features|help|information|legal|login|org|pricing|privacy|product|signup|sign-up|terms|user)(?:\/|$))[A-Za-z0-9_-]{3,}\/?$/,
      },
    ],
  },
  {
    name: 'Jitsi',
    hosts: exactly('meet.jit.si', '8x8.vc'),
    rules: [
      {
        name: 'jitsi.room',
        kind: 'meeting',
        path: /^\/(?!(?:static|images|libs|sounds|css|lang)(?:\/|$))(?:[A-Za-z0-9._~-]+\/)?[A-Za-z0-9._~%-]{2,}\/?$/,
      },
    ],
  },
  {
    name: 'Amazon Chime',
    hosts: exactly('chime.aws', 'app.chime.aws'),
    rules: [
      { name: 'chime.join', kind: 'meeting', path: /^\/(?:meetings\/)?(?<number>\d{10})\/?$/ },
      {
        name: 'chime.room',
        kind: 'meeting',
        path: /^\/(?!(?:download|portal|login)(?:\/|$))[A-Za-z][A-Za-z0-9-]{3,}\/?$/,
      },
    ],
  },
  {
    name: 'BlueJeans',
    hosts: under('bluejeans.com'),
    rules: [
      {
        name: 'bluejeans.join',
        kind: 'meeting',
        path: /^\/(?<number>\d{3,12})(?:\/(?<passcode>\d{4,8}))?(?:\/[a-z-]+)?\/?$/,
      },
      { name: 'bluejeans.event', kind: 'webinar', path: /^\/a2m\/live-event\/[A-Za-z0-9_-]+\/?$/ },
    ],
  },
  {
    name: 'RingCentral',
    hosts: under('ringcentral.com'),
    rules: [
      { name: 'ringcentral.join', kind: 'meeting', path: /^\/(?:j|join)\/(?<number>\d{9,12})\/?$/, passcodeIn: 'pwd' },
    ],
  },
  {
    name: 'Skype',
    hosts: [...exactly('join.skype.com', 'meet.lync.com')],
    rules: [{ name: 'skype.join', kind: 'meeting', path: /^\/[A-Za-z0-9._-]{3,}(?:\/[A-Za-z0-9._-]+){0,3}\/?$/ }],
  },
  {
    name: 'Slack',
    hosts: exactly('app.slack.com'),
    rules: [{ name: 'slack.huddle', kind: 'meeting', path: /^\/huddle\/[A-Z0-9]+\/[A-Z0-9]+\/?$/ }],
  },
  {
    name: 'Lark',
    hosts: under('vc.feishu.cn', 'vc.larksuite.com'),
    rules: [{ name: 'lark.join', kind: 'meeting', path: /^\/j\/(?<number>\d{9,12})\/?$/ }],
  },
  {
    name: 'Tencent Meeting',
    hosts: exactly('meeting.tencent.com', 'voovmeeting.com'),
    rules: [{ name: 'tencent.join', kind: 'meeting', path: /^\/(?:dm|p|s)\/[A-Za-z0-9]+\/?$/ }],
  },
  {
    name: 'Dialpad',
    hosts: exactly('meetings.dialpad.com'),
    rules: [{ name: 'dialpad.room', kind: 'meeting', path: /^\/(?:room\/)?[A-Za-z0-9._-]{3,}\/?$/ }],
  },
];

/** All vendors the detection can name. */
export const VENDORS: readonly Vendor[] = [ZOOM, TEAMS, GOOGLE_MEET, WEBEX, GOTO, ...SMALLER];
