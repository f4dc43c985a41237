/** @typedef {{ user: string, password: string, permissions: object }} NatsUser */

const quoted = (value) => JSON.stringify(value);

/**
 * The server's configuration file. JetStream by default acknowledges before a message is on disk; `sync_interval: always`
 * (2.10 and newer) makes an acknowledgement mean what the outbox takes it for.
 * @param {{ port: number, host?: string, storeDir: string, pidFile?: string, syncAlways: boolean, users?: readonly NatsUser[] }} given
 */
export function natsConfig({ port, host = '127.0.0.1', storeDir, pidFile, syncAlways, users = [] }) {
  const lines = [
    'server_name: daybook',
    `listen: ${quoted(`${host}:${port}`)}`,
    ...(pidFile ? [`pid_file: ${quoted(pidFile)}`] : []),
    'max_payload: 1MB',
    'jetstream {',
    `  store_dir: ${quoted(storeDir)}`,
    ...(syncAlways ? ['  sync_interval: always'] : []),
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
