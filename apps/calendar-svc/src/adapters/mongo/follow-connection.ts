import type { mongo } from 'mongoose';
import type { ConnectionRecord } from '../../ports/records';
import type { CalendarCollections } from './collections';

/** Takes over auth-svc's word unless it is older than what is there; says whether anything changed. */
export async function followConnection(
  { connections, calendars }: CalendarCollections,
  record: ConnectionRecord,
): Promise<boolean> {
  const { _id, revision, addresses } = record;
  for (;;) {
    const before = await connections.findOne({ _id });
    if (before && before.revision >= revision) return false;
    if (!before) {
      const { _id: _name, ...fresh } = record;
      const added = await connections.updateOne({ _id }, { $setOnInsert: fresh }, { upsert: true });
      if (added.upsertedCount > 0) return true;
      continue;
    }
    const change = { ...wordOf(record), ...freshStart(before, record), ...namesOf(before, record) };
    const { matchedCount } = await connections.updateOne(asRead(before), { $set: change });
    // Another word came in between, or a run has given other names: then this one means something else.
    if (matchedCount === 0) continue;
    if (String(before.addresses) !== String(addresses))
      await calendars.updateMany({ connectionId: _id }, { $inc: { version: 1, rev: 1 } });
    return true;
  }
}

function asRead({ _id, revision, namedBy }: ConnectionRecord): mongo.Filter<ConnectionRecord> {
  return { _id, revision, namedBy: namedBy ?? { $exists: false } };
}

function wordOf(record: ConnectionRecord): Partial<ConnectionRecord> {
  const { accountId, userId, service, method, addresses, status, readable, writable, revision, receiptId } = record;
  const { decisions } = record;
  const word = { accountId, userId, service, method, addresses, status, readable, writable, revision, receiptId };
  return { ...word, ...(decisions === undefined ? {} : { decisions }) };
}

/** Whatever stood in the way before, this may have removed it: it is tried again at once. */
function freshStart(before: ConnectionRecord, record: ConnectionRecord): Partial<ConnectionRecord> {
  const isReason =
    before.status !== record.status ||
    !before.readable ||
    before.method !== record.method ||
    // The person has decided something, or the provider granted it anew.
    (before.problem !== null && (record.decisions ?? 0) > (before.decisions ?? 0));
  return isReason ? { notBefore: null, failures: 0, problem: null, listDueAt: record.listDueAt } : {};
}

/** Another method may mean another provider, and what is stored goes by the names of the one before. */
function namesOf(before: ConnectionRecord, { method }: ConnectionRecord): Partial<ConnectionRecord> {
  return before.method === method ? {} : { namedBy: before.namedBy ?? before.method };
}
