import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { natsConfig } from '../embedded/nats-config.mjs';
import { dockerNatsConfig, dockerNatsFile } from './docker-nats.mjs';
import { natsUsers } from './nats-users.mjs';

describe('the users of the broker', () => {
  it('only calendar-svc may ask for access to a mailbox', () => {
    const may = natsUsers.filter(({ permissions: { publish } }) => {
      const speaks = publish.allow.some((subject) => subject === 'auth.>' || subject.startsWith('auth.access'));
      return speaks && !publish.deny?.includes('auth.access.>');
    });
    assert.deepEqual(
      may.map(({ user }) => user),
      ['calendar-svc'],
    );
  });

  it('none hears the inbox of another service', () => {
    for (const { user, permissions } of natsUsers) {
      const inboxes = permissions.subscribe.allow.filter((subject) => subject.startsWith('_INBOX'));
      assert.ok(inboxes.every((subject) => subject === `_INBOX_${user}.>` || subject === '_INBOX.>'));
    }
  });

  it('are written into the configuration with their passwords', () => {
    const users = natsUsers.map((user) => ({ ...user, password: `secret of ${user.user}` }));
    const text = natsConfig({ port: 4222, storeDir: '/data', canSetSync: true, users });
    assert.match(text, /sync_interval: 30s/);
    assert.match(text, /"secret of gateway"/);
  });
});

describe('the configuration of the broker in containers', () => {
  it('is made from the same users', async () => {
    assert.equal(await readFile(dockerNatsFile, 'utf8'), dockerNatsConfig());
  });
});
