import type { Faults } from '@daybook/simulator-kit';
import type { ItemSurroundings } from '../items/item-around';
import { itemNamed } from '../items/named-items';
import { changeItem } from '../items/store-item';
import type { Call, Operation, Operations, StreamedOperation } from '../soap/operation';
import { AnswerLost, EwsFault, EwsRefusal } from '../soap/refusal';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import { isWrite } from './is-write';
import { spoiltPage } from './spoilt-pages';

export interface StrikingAround {
  readonly faults: Faults;
  readonly items: ItemSurroundings;
}

/** Milliseconds that a server which is too busy asks for; real ones ask for minutes. */
const BACK_OFF = 10_000;

/** The same operations as faults let them be carried out, in the words of Exchange. */
export function struckOperations(operations: Operations, around: StrikingAround): Operations {
  const throttle = throttling(around.faults);
  const before = (name: string, request: XmlElement, call: Call): void => {
    throttle(call);
    refuse(around, name, { request, call });
  };
  const plain = (name: string, operation: Operation): Operation =>
    async function carryOut(request, call) {
      before(name, request, call);
      const answer = spoiltPage(await operation(request, call), { ...around, request, call });
      const isLost = isWrite(name) && around.faults.strike('timeout_after_write', call.mailbox) !== null;
      if (isLost) throw new AnswerLost();
      return answer;
    };
  const streamed = (name: string, { stream }: StreamedOperation): StreamedOperation => ({
    stream: (request, call) => {
      before(name, request, call);
      return stream(request, call);
    },
  });
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      typeof operation === 'function' ? plain(name, operation) : streamed(name, operation),
    ]),
  );
}

/**
 * `throttled`: a fault the first time, then alternately an answer that says so with status 200 and a fault. Both occur:
 * https://learn.microsoft.com/en-us/exchange/client-developer/exchange-web-services/ews-throttling-in-exchange
 */
function throttling(faults: Faults): (call: Call) => void {
  let times = 0;
  return ({ mailbox }) => {
    const struck = faults.strike('throttled', mailbox);
    if (struck === null) return;
    times += 1;
    const text = 'The server cannot service this request right now. Try again later.';
    const messageXml = [element('Value', struck.ms ?? BACK_OFF, { Name: 'BackOffMilliseconds' })];
    if (times % 2 === 0) throw new EwsRefusal('ErrorServerBusy', text, { messageXml });
    throw new EwsFault('ErrorServerBusy', text, { messageXml });
  };
}

const FILLING = /^(?:Copy|Create|Send|Update|Upload)/;
const SYNCS = ['SyncFolderItems', 'SyncFolderHierarchy'];

interface Asked {
  readonly request: XmlElement;
  readonly call: Call;
}

/** @throws EwsFault, EwsRefusal */
function refuse(around: StrikingAround, name: string, { request, call }: Asked): void {
  const { faults } = around;
  const { mailbox } = call;
  if (faults.strike('server_error', mailbox) !== null) {
    throw new EwsFault('ErrorInternalServerError', 'An internal server error occurred. The operation failed.');
  }
  if (FILLING.test(name) && faults.strike('quota', mailbox) !== null) {
    throw new EwsRefusal('ErrorQuotaExceeded', 'The operation would exceed the storage quota of the mailbox.');
  }
  const hasState = SYNCS.includes(name) && (textOf(request, 'SyncState') ?? '') !== '';
  if (hasState && faults.strike('cursor_expired', mailbox) !== null) {
    throw new EwsRefusal('ErrorInvalidSyncStateData', 'Synchronization state data is corrupt or otherwise invalid.');
  }
  if (name === 'UpdateItem' && faults.strike('conflict', mailbox) !== null) {
    touch(around, { request, call });
    throw new EwsRefusal(
      'ErrorIrresolvableConflict',
      'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
    );
  }
}

/** Somebody else was faster: the item keeps what it says and gets another change key. */
function touch({ items }: StrikingAround, { request, call }: Asked): void {
  for (const change of childOf(request, 'ItemChanges')?.children ?? []) {
    const [id] = change.children;
    if (id === undefined) continue;
    const { item } = itemNamed(items, id, { call, need: 'modify' });
    changeItem(items, item, { change: { ...item, onlyReadFlag: false }, call });
  }
}
