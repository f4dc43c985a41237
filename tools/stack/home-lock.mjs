/**
 * One stack for each home: two would write the same data. The lock is a socket, which ends with its process whatever way
 * it ends, so no stale file can keep anybody out.
 */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function addressOf(home) {
  const name = `daybook-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

const listen = (address) =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(address, () => resolve(server));
  });

const answers = (address) =>
  new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/**
 * @returns {Promise<() => Promise<void>>} gives the home free again
 * @throws when a running stack has it
 */
export async function lockHome(home) {
  const address = addressOf(home);
  let server;
  try {
    server = await listen(address);
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    if (await answers(address)) {
      throw new Error(`Daybook already runs with ${home}. End it first, or set another DAYBOOK_HOME and other ports.`);
    }
    await rm(address, { force: true });
    server = await listen(address);
  }
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}
