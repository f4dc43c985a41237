import type { Answer, Faults, SimulatorClock } from '@daybook/simulator-kit';
import type { QuerySpec } from '../http/query-check';
import type { MethodScopes } from '../oauth/scopes';
import type { AccessToken, Mailbox } from '../state/mailbox';
import type { World } from '../state/world';
import type { EventWriter } from './event-writer';
import type { ListTokens } from './list-tokens';
import type { PushChannels } from './push-channels';

/** What the methods of Calendar v3 work with. */
export interface CalendarSetting {
  world: World;
  clock: SimulatorClock;
  faults: Faults;
  tokens: ListTokens;
  writer: EventWriter;
  push: PushChannels;
  syncTokenLife: number;
}

/** One call, checked: who asks, with which parameters and body. */
export interface Call {
  setting: CalendarSetting;
  box: Mailbox;
  token: AccessToken;
  /** Variables of the path, unescaped, in their order. */
  parts: string[];
  query: URLSearchParams;
  body: unknown;
  /** Headers that carry a condition. */
  ifMatch: string | null;
  ifNoneMatch: string | null;
  origin: string;
  path: string;
}

/** One method: its path (`*` stands for a variable), what it takes and what it does. */
export interface Method {
  verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  scopes: MethodScopes;
  query: QuerySpec;
  /** True when the method takes a JSON body. */
  body?: boolean;
  /** True when it changes something (faults of writes strike it). */
  writes?: boolean;
  run(call: Call): Answer;
}
