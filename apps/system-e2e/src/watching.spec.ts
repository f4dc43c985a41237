import { eventually, httpCall, Stack } from '@daybook/testing/stack';

describe('the metrics of a deployment', () => {
  it('come from every process, at one address, each family once', async () => {
    const { addresses } = await Stack.shared();
    await eventually(async () => {
      const { status, text } = await httpCall(`${addresses.gateway}/metrics`);
      expect(status).toBe(200);
      for (const service of ['gateway', 'auth-svc', 'calendar-svc', 'admin-svc']) {
        expect(text).toMatch(new RegExp(`^process_resident_memory_bytes\\{[^}]*service="${service}"`, 'm'));
      }
      for (const service of ['auth-svc', 'calendar-svc', 'admin-svc']) {
        expect(text).toMatch(new RegExp(`^daybook_outbox_pending\\{[^}]*service="${service}"`, 'm'));
        expect(text).toMatch(new RegExp(`^daybook_rpc_handled_seconds_count\\{[^}]*service="${service}"`, 'm'));
      }
      const families = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
      expect(new Set(families).size).toBe(families.length);
    });
  });
});
