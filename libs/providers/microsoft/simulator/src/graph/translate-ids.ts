import type { Answer } from '@daybook/simulator-kit';
import { z } from 'zod';
import { ID_FORMATS, idOf, readId, type IdFormat } from '../mailbox/item-ids';
import { listAnswer } from './answers';
import type { Call, Method } from './call';
import { parametersOf } from './event-bodies';

const MOST_IDS = 1000;

export const idMethods: readonly Method[] = [
  {
    verb: 'POST',
    path: 'translateExchangeIds',
    on: 'mailbox',
    need: 'nothing',
    options: [],
    body: true,
    run: translate,
  },
];

const format = z.preprocess(
  (text) => ID_FORMATS.find((one) => one.toLowerCase() === String(text).toLowerCase()) ?? text,
  z.enum(['restId', 'restImmutableEntryId', 'ewsId', 'entryId', 'immutableEntryId']),
);
const translation = z.strictObject({
  inputIds: z.array(z.string()).min(1).max(MOST_IDS),
  sourceIdType: format,
  targetIdType: format,
});

/** `translateExchangeIds`: other forms of the same ids. What is no id of the named form has details of an error instead. */
function translate(call: Call): Answer {
  const { inputIds, sourceIdType, targetIdType } = parametersOf(translation, call.body, 'translateExchangeIds');
  const items = inputIds.map((sourceId) => JSON.stringify(translated(sourceId, sourceIdType, targetIdType)));
  return listAnswer(call, { set: 'Collection(microsoft.graph.convertIdResult)', items });
}

function translated(sourceId: string, from: IdFormat, to: IdFormat): Record<string, unknown> {
  const name = readId(sourceId, from);
  if (name !== null) return { sourceId, targetId: idOf(name, to) };
  return { sourceId, errorDetails: { code: 'ErrorInvalidIdMalformed', message: 'Id is malformed.' } };
}
