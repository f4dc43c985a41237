/** One change among all that did not change, by the syncing process alone. */

/** Opens a mailbox in the syncing process and reads it whole. */
export async function openSynced(ours, mongodb, mailbox, dbName) {
  const { email, token, base: provider, service } = mailbox;
  await ours.order({ type: 'open', mongodb, dbName, provider, service, email, token });
  await ours.order({ type: 'run', dbName, again: false, listAnew: false });
}

/** A round: one event gets another title at the provider; gives the milliseconds from the hint until that is stored. */
export function changeOne(ours, client, mailbox, dbName, id) {
  let count = 0;
  return async () => {
    count += 1;
    const title = `Renamed ${count}`;
    await mailbox.rename(id, title);
    const { ms, asked } = await ours.order({ type: 'run', dbName, again: true, listAnew: false });
    if (asked.length !== 1) throw new Error(`a delta took ${asked.length} requests`);
    const stored = await client.db(dbName).collection('meetings').findOne({ remoteId: id });
    if (stored.content.title !== title) throw new Error('the change did not arrive');
    return ms;
  };
}
