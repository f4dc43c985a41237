import type { Caller } from '@daybook/contracts';
import { runWithContext } from '@daybook/platform/logging';
import { headers } from 'nats';
import { readHeaders, writeHeaders } from './wire-headers';

const caller: Caller = {
  userId: 'usr_1',
  accountId: 'acc_1',
  role: 'member',
  client: { kind: 'desktop', version: '5.2.1', platform: 'linux – ünïcode' },
};

describe('headers on the wire', () => {
  it('carry the caller, the time left and who asks', () => {
    const subject = readHeaders(writeHeaders({ caller, timeLeftMs: 1234.6, from: 'gateway', correlationId: 'corr-1' }));
    expect(subject).toMatchObject({ caller, timeLeftMs: 1235, from: 'gateway', correlationId: 'corr-1' });
    expect(subject.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
  });

  it('take correlation and trace from the running request', () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const subject = runWithContext({ correlationId: 'corr-2', traceparent }, () => readHeaders(writeHeaders({})));
    expect(subject.correlationId).toBe('corr-2');
    expect(subject.traceparent).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-/);
  });

  it('are not believed when they are malformed', () => {
    const forged = headers();
    forged.set('daybook-correlation-id', 'two\twords');
    forged.set('traceparent', 'garbage');
    forged.set('daybook-time-left-ms', 'soon');
    forged.set('daybook-caller', Buffer.from('{"userId":"usr_1","role":"god"}').toString('base64url'));
    forged.set('daybook-from', 'a b');
    const subject = readHeaders(forged);
    expect(Object.keys(subject)).toEqual(['correlationId']);
    expect(subject.correlationId).not.toContain('words');
  });

  it('may be missing', () => {
    expect(Object.keys(readHeaders(undefined))).toEqual(['correlationId']);
  });
});
