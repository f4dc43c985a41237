import type { Caller } from '@daybook/contracts';
import { toReceiptView } from '../model/receipt';
import { codeOf, json, reading, wish, writing, type AuthHarness } from './auth-harness';
import { DyingReceiptStore, DyingVault, Killed } from './dying-stores';

const PURGED = { calendars: 2, meetings: 30, ledgerEntries: 40, outboxRows: 50 };

/** What holds for the deletion of a connection, on whatever the stores are made of. */
export function deletionSuite(make: () => Promise<AuthHarness>): void {
  describe('deleting a connection', () => {
    let subject: AuthHarness;
    let caller: Caller;
    let connectionId: string;

    beforeEach(async () => {
      subject = await make();
      caller = await subject.callerOf();
      connectionId = await subject.connected(caller);
    });

    const remove = async () => (await subject.use.deleteConnection.run(caller, connectionId)).id;
    const receipt = async (id: string) => toReceiptView(await subject.use.readReceipt.run(caller, id));
    const notes = async (id: string) => (await receipt(id)).notes.map(({ code }) => code);
    const told = () => subject.announcer.events.filter((event) => event.data.connectionId === connectionId);

    it('is refused with the present version when the connection has changed since it was read', async () => {
      const { version } = await subject.use.readConnections.one(caller, connectionId);
      await subject.use.configureConnection.run(caller, connectionId, json({ permissions: writing }), undefined);
      const changed = await subject.use.readConnections.one(caller, connectionId);
      const refusal = await subject.use.deleteConnection.run(caller, connectionId, version).catch((error) => error);
      expect(refusal).toMatchObject({ problem: { status: 412, currentVersion: changed.version } });
      expect(await subject.use.readConnections.one(caller, connectionId)).toEqual(changed);
      await subject.use.deleteConnection.run(caller, connectionId, `"${changed.version}"`);
      expect(await subject.use.readConnections.list(caller)).toEqual([]);
    });

    it('matches every version with a star, and says that nothing is there before it looks at versions', async () => {
      await subject.use.deleteConnection.run(caller, connectionId, '*');
      expect(await codeOf(subject.use.deleteConnection.run(caller, connectionId, 'stale'))).toBe('not_found');
    });

    it('is done at once, and its steps complete the receipt', async () => {
      const id = await remove();
      expect(await subject.use.readConnections.list(caller)).toEqual([]);
      expect(await receipt(id)).toMatchObject({ revocation: 'pending', subscriptions: 'pending', completedAt: null });
      await subject.use.continueDeletion.runDue();
      expect(await receipt(id)).toMatchObject({
        revocation: 'revoked',
        subscriptions: 'stopped',
        secretsDestroyed: true,
        purged: null,
        completedAt: null,
      });
      expect(told().at(-1)?.data.state).toBe('deleted');
      expect(await subject.use.readRecords.one(connectionId)).toMatchObject({ status: 'deleted', receiptId: id });

      await subject.use.reportPurge.run(id, 'calendar', PURGED);
      await subject.use.reportPurge.run(id, 'calendar', { ...PURGED, meetings: 0 });
      expect(await receipt(id)).toMatchObject({ purged: PURGED, completedAt: expect.any(String) });
      expect(await codeOf(subject.use.readRecords.one(connectionId))).toBe('not_found');
      expect(await subject.ports.vault.find(connectionId)).toBeNull();
    });

    it('gives access to stop subscriptions, and to nothing after that', async () => {
      const seen: string[] = [];
      subject.services.stop = async (id) => {
        seen.push((await subject.use.getAccess.run({ connectionId: id, part: 'calendar' })).type);
        return 'stopped';
      };
      await remove();
      await subject.use.continueDeletion.runDue();
      expect(seen).toEqual(['access']);
      expect(await subject.use.getAccess.run({ connectionId, part: 'calendar' })).toMatchObject({ kind: 'Stopped' });
    });

    it('succeeds although the provider refuses', async () => {
      subject.auth.withdraw('ada@fake.example');
      const id = await remove();
      await subject.use.continueDeletion.runDue();
      expect(await receipt(id)).toMatchObject({ revocation: 'refused', secretsDestroyed: true });
    });

    it('tries for a day to revoke at a provider that is away, then lets the secret go', async () => {
      subject.auth.revokeTrouble = 'Unavailable';
      const id = await remove();
      await subject.use.continueDeletion.runDue();
      expect(await receipt(id)).toMatchObject({ revocation: 'unreachable', secretsDestroyed: false });
      expect(told().at(-1)?.data.state).toBe('deleted');
      await subject.use.reportPurge.run(id, 'calendar', PURGED);
      expect((await receipt(id)).completedAt).toBeNull();

      subject.clock.advance(3_600_000);
      subject.auth.revokeTrouble = null;
      await subject.use.continueDeletion.runDue();
      expect(await receipt(id)).toMatchObject({ revocation: 'revoked', completedAt: expect.any(String) });
    });

    it('gives up revoking after a day', async () => {
      subject.auth.revokeTrouble = 'Unavailable';
      const id = await remove();
      await subject.use.continueDeletion.runDue();
      expect(await notes(id)).not.toContain('remove_it_yourself');
      for (let hour = 0; hour < 26; hour += 1) {
        await subject.use.continueDeletion.runDue();
        subject.clock.advance(3_600_000);
      }
      expect(await receipt(id)).toMatchObject({ revocation: 'unreachable', secretsDestroyed: true });
      expect(await notes(id)).toEqual(['events_kept', 'deliveries_outside', 'remove_it_yourself']);
    });

    it('leaves room to connect again at once, and a late revocation spares the new consent', async () => {
      subject.auth.revokeTrouble = 'Unavailable';
      const id = await remove();
      await subject.use.continueDeletion.runDue();
      const again = await subject.connected(caller);
      expect(again).not.toBe(connectionId);
      subject.auth.revokeTrouble = null;
      subject.clock.advance(3_600_000);
      await subject.use.continueDeletion.runDue();
      expect(await receipt(id)).toMatchObject({ revocation: 'kept', secretsDestroyed: true });
      expect(subject.auth.revoked).toEqual([]);
      subject.clock.advance(3_600_000);
      expect(await subject.use.getAccess.run({ connectionId: again, part: 'calendar' })).toMatchObject({
        type: 'access',
      });
    });

    it.each([
      ['before it notes that the subscriptions are stopped', 'revoke', 'revoked'],
      ['after revoking, before it notes so', 'destroy', 'refused'],
      ['before it notes that the secret is gone', 'done', 'revoked'],
    ] as const)('goes on in another process when one dies %s', async (_moment, step, revocation) => {
      const id = await remove();
      const receipts = new DyingReceiptStore(subject.ports.receipts, step);
      await expect(subject.anotherInstance({ receipts }).continueDeletion.run(id)).rejects.toThrow(Killed);
      await finished(id, revocation);
    });

    it('goes on in another process when one dies before the secret is destroyed', async () => {
      const id = await remove();
      const vault = new DyingVault(subject.ports.vault);
      await expect(subject.anotherInstance({ vault }).continueDeletion.run(id)).rejects.toThrow(Killed);
      await finished(id, 'revoked');
    });

    async function finished(id: string, revocation: string): Promise<void> {
      await subject.use.continueDeletion.runDue();
      await subject.use.reportPurge.run(id, 'calendar', PURGED);
      expect(await receipt(id)).toMatchObject({ revocation, secretsDestroyed: true, completedAt: expect.any(String) });
      expect(told().filter(({ data }) => data.state === 'deleted')).toHaveLength(1);
      expect(await subject.ports.vault.find(connectionId)).toBeNull();
    }

    it('that was never finished is complete at once', async () => {
      const ben = await subject.callerOf('ben@example.com');
      const { connection } = await subject.use.connect.run(ben, wish(reading));
      const gone = toReceiptView(await subject.use.deleteConnection.run(ben, connection.id));
      expect(gone).toMatchObject({ revocation: 'nothing_to_revoke', completedAt: expect.any(String) });
      expect(gone.purged).toEqual({ calendars: 0, meetings: 0, ledgerEntries: 0, outboxRows: 0 });
    });

    it('happens once, and its receipt is its person’s alone', async () => {
      const outcomes = await Promise.allSettled([remove(), remove()]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const ben = await subject.callerOf('ben@example.com');
      const id = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))[0] ?? '';
      expect(await codeOf(subject.use.readReceipt.run(ben, id))).toBe('not_found');
    });
  });
}
