import { Secret } from '@daybook/platform/crypto';
import { z } from 'zod';
import { loadSettings, SettingsError } from './load-settings';
import { setting } from './setting';
import { settingsTable } from './settings-table';

const schema = z.object({
  GATEWAY_PORT: setting.port().default(8080).describe('Where the gateway listens'),
  PUBLIC_URL: setting.url().optional(),
  MONGODB_URI: setting.url({ protocols: ['mongodb:', 'mongodb+srv:'] }),
  MASTER_KEY: setting.secret({ min: 32 }),
  LOG_LEVEL: setting.oneOf(['debug', 'info']).default('info'),
  OPEN: setting.boolean().default(false),
  ALLOW_HOSTS: setting.list().default([]),
});
const good = { MONGODB_URI: 'mongodb://localhost:27017/?replicaSet=rs0', MASTER_KEY: 'k'.repeat(32) };

function faultsOf(env: Record<string, string | undefined>) {
  try {
    loadSettings(schema, env);
  } catch (error) {
    if (error instanceof SettingsError) {
      return error;
    }
  }
  throw new Error('expected a SettingsError');
}

describe('loadSettings', () => {
  it('gives typed values and defaults', () => {
    const subject = loadSettings(schema, { ...good, OPEN: 'yes', ALLOW_HOSTS: 'a:1, b:2,', GATEWAY_PORT: '0' });
    expect(subject).toMatchObject({ GATEWAY_PORT: 0, LOG_LEVEL: 'info', OPEN: true, ALLOW_HOSTS: ['a:1', 'b:2'] });
    expect(subject.MASTER_KEY).toBeInstanceOf(Secret);
    expect(subject.MASTER_KEY.reveal()).toBe('k'.repeat(32));
    expect(subject.PUBLIC_URL).toBeUndefined();
  });

  it('takes an empty variable for an absent one', () => {
    expect(loadSettings(schema, { ...good, GATEWAY_PORT: '', PUBLIC_URL: ' ' }).GATEWAY_PORT).toBe(8080);
  });

  it('gives addresses without slashes at the end', () => {
    expect(loadSettings(schema, { ...good, PUBLIC_URL: 'https://day.example/' }).PUBLIC_URL).toBe(
      'https://day.example',
    );
  });

  it('lists every fault at once, with what is expected and never with a value', () => {
    const subject = faultsOf({
      GATEWAY_PORT: '99999',
      PUBLIC_URL: 'day.example',
      MASTER_KEY: 'shortsecret',
      OPEN: 'maybe',
    });
    expect(subject.faults.map(({ variable, problem }) => `${variable} ${problem}`).sort()).toEqual([
      'GATEWAY_PORT is not valid',
      'MASTER_KEY is not valid',
      'MONGODB_URI is missing',
      'OPEN is not valid',
      'PUBLIC_URL is not valid',
    ]);
    expect(subject.message).toContain('GATEWAY_PORT is not valid; expected: a whole number from 0 to 65535');
    expect(subject.message).not.toMatch(/shortsecret|99999|maybe/);
  });

  it.each(['1e3', '-1', '80.5', '0x50', 'eighty'])('refuses %s as a port', (text) => {
    expect(faultsOf({ ...good, GATEWAY_PORT: text }).faults).toHaveLength(1);
  });

  it('reports a rule over several settings without a wrong name', () => {
    const pair = z.object({ A: setting.text().optional(), B: setting.text().optional() });
    const both = pair.refine(({ A, B }) => (A === undefined) === (B === undefined), {
      message: 'A and B belong together',
    });
    expect(() => loadSettings(both, { A: 'x' })).toThrow('A, B A and B belong together');
  });
});

describe('settingsTable', () => {
  it('knows owners, defaults, what is required and what is secret, whatever the order of the chain', () => {
    const other = z.object({ MONGODB_URI: setting.url({ protocols: ['mongodb:'] }).describe('The database') });
    const rows = settingsTable({ gateway: schema, other });
    expect(rows.map(({ variable }) => variable)).toEqual([...rows.map(({ variable }) => variable)].sort());
    expect(rows.find(({ variable }) => variable === 'GATEWAY_PORT')).toEqual({
      variable: 'GATEWAY_PORT',
      owners: ['gateway'],
      required: false,
      defaultValue: '8080',
      expected: 'a whole number from 0 to 65535',
      description: 'Where the gateway listens',
      secret: false,
    });
    expect(rows.find(({ variable }) => variable === 'MONGODB_URI')).toMatchObject({
      owners: ['gateway', 'other'],
      required: true,
    });
    expect(rows.find(({ variable }) => variable === 'MASTER_KEY')).toMatchObject({ secret: true, required: true });
  });
});
