/**
 * `docker/nats.conf` from the same table of users as the embedded server. Passwords come from the container's environment.
 * `node tools/stack/docker-nats.mjs` writes it; a test compares.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { natsConfig } from '../embedded/nats-config.mjs';
import { natsUsers } from './nats-users.mjs';
import { root } from './paths.mjs';

export const dockerNatsFile = join(root, 'docker', 'nats.conf');

/** `auth-svc` → `NATS_AUTH_SVC_PASSWORD` */
export const passwordVariable = (user) => `NATS_${user.toUpperCase().replaceAll('-', '_')}_PASSWORD`;

export function dockerNatsConfig() {
  const users = natsUsers.map((user) => ({ ...user, password: `$${passwordVariable(user.user)}` }));
  const text = natsConfig({ port: 4222, host: '0.0.0.0', storeDir: '/data', canSetSync: true, users });
  // A variable is only replaced where it stands without quotes.
  const open = text.replace(/"password":"(\$[A-Z_]+)"/g, '"password":$1');
  return `# Made by tools/stack/docker-nats.mjs from tools/stack/nats-users.mjs: change it there.\n${open}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(dockerNatsFile, dockerNatsConfig());
