import { ExchangeBench, textIn, type Reply } from '../../http/testing/exchange-bench';
import { Notifications, type NotificationSurroundings } from '../notifications';

/** Two mailboxes with notifications whose clock the bench is and whose pauses are short. */
export class NotificationBench extends ExchangeBench {
  readonly notifications: Notifications;

  constructor(options: Pick<NotificationSurroundings, 'settings' | 'post' | 'streaming'> = {}) {
    const made: { notifications?: Notifications } = {};
    super({
      operations: ({ store }) => {
        const clock = { now: () => this.now };
        const settings = { pace: { tick: 5, gather: 5, heartbeat: 45_000 }, ...options.settings };
        made.notifications = new Notifications({ store, clock, ...options, settings });
        return made.notifications.operations;
      },
    });
    if (made.notifications === undefined) throw new Error('The bench asks for operations when it is made.');
    this.notifications = made.notifications;
    this.withMailboxes();
  }
}

/** Requests on notifications as texts. */
export const INBOX = '<t:DistinguishedFolderId Id="inbox"/>';

export interface Wish {
  readonly kind?: 'Pull' | 'Push' | 'Streaming';
  /** Ids of folders; all when absent. */
  readonly folders?: string;
  readonly types?: readonly string[];
  readonly rest?: string;
}

export const ALL_TYPES = ['Copied', 'Created', 'Deleted', 'Modified', 'Moved', 'NewMail', 'FreeBusyChanged'] as const;
const RESTS = { Pull: '<t:Timeout>10</t:Timeout>', Push: '', Streaming: '' };

export function subscribe({ kind = 'Pull', folders, types = ALL_TYPES, rest }: Wish = {}): string {
  const wanted = types.map((type) => `<t:EventType>${type}Event</t:EventType>`).join('');
  const attribute = folders === undefined ? ' SubscribeToAllFolders="true"' : '';
  const ids = folders === undefined ? '' : `<t:FolderIds>${folders}</t:FolderIds>`;
  return `<m:Subscribe><m:${kind}SubscriptionRequest${attribute}>${ids}<t:EventTypes>${wanted}</t:EventTypes>${rest ?? RESTS[kind]}</m:${kind}SubscriptionRequest></m:Subscribe>`;
}

export const push = (url: string, frequency = 1): string =>
  `<t:StatusFrequency>${frequency}</t:StatusFrequency><t:URL>${url}</t:URL>`;

export const getEvents = (id: string, watermark: string): string =>
  `<m:GetEvents><m:SubscriptionId>${id}</m:SubscriptionId><m:Watermark>${watermark}</m:Watermark></m:GetEvents>`;

export const stream = (ids: readonly string[], minutes = 1): string =>
  `<m:GetStreamingEvents><m:SubscriptionIds>${ids.map((id) => `<t:SubscriptionId>${id}</t:SubscriptionId>`).join('')}</m:SubscriptionIds><m:ConnectionTimeout>${minutes}</m:ConnectionTimeout></m:GetStreamingEvents>`;

export const unsubscribe = (id: string): string =>
  `<m:Unsubscribe><m:SubscriptionId>${id}</m:SubscriptionId></m:Unsubscribe>`;

/** What a reply to `Subscribe` holds. */
export const givenBy = (reply: Reply): { readonly id: string; readonly watermark: string } => ({
  id: textIn(reply, 'SubscriptionId') ?? '',
  watermark: textIn(reply, 'Watermark') ?? '',
});
