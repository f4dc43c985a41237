/** @typedef {{ user: string, password: string, permissions: object }} NatsUser */

const quoted = (value) => JSON.stringify(value);

/**
 * The server syncs to disk this often. A power cut may take what it acknowledged since; the outbox relay therefore publishes
 * the last 100 seconds again, under their ids, whenever the broker was started anew, so this has to stay under a minute.
 * Syncing each message (`always`) would give the same promise at a twentieth of the throughput.
 */
const SYNC_INTERVAL = '30s';

/**
 * The server's configuration file.
 * @param {{ port: number, host?: string, storeDir: string, pidFile?: string, canSetSync: boolean, users?: readonly NatsUser[] }} given
 *   `canSetSync`: the server is 2.10 or newer and knows the setting
 */
export function natsConfig({ port, host = '127.0.0.1', storeDir, pidFile, canSetSync, users = [] }) {
  const lines = [
    'server_name: daybook',
    `listen: ${quoted(`${host}:${port}`)}`,
    ...(pidFile ? [`pid_file: ${quoted(pidFile)}`] : []),
    'max_payload: 1MB',
    'jetstream {',
    `  store_dir: ${quoted(storeDir)}`,
    ...(canSetSync ? [`  sync_interval: ${SYNC_INTERVAL}`] : []),
    '  max_memory_store: 64MB',
    '  max_file_store: 10GB',
    '}',
  ];
  if (users.length > 0) {
    const entries = users.map(
      ({ user, password, permissions }) => `    ${JSON.stringify({ user, password, permissions })}`,
    );
    lines.push('authorization {', '  users: [', entries.join(',\n'), '  ]', '}');
  }
  return `${lines.join('\n')}\n`;
}
