import { createServer } from 'node:net';

/** @returns {Promise<number | null>} the port, when it can be taken on loopback now */
function tryPort(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const taken = server.address().port;
      server.close(() => resolve(taken));
    });
  });
}

/** Whether a server can listen on this port of the loopback interface. */
export const isFree = async (port) => (await tryPort(port)) !== null;

/**
 * @param {number} [preferred] taken when it is free: a database keeps its port from start to start
 * @returns {Promise<number>} a port that was free a moment ago
 */
export async function freePort(preferred) {
  const kept = preferred ? await tryPort(preferred) : null;
  const port = kept ?? (await tryPort(0));
  if (port === null) throw new Error('no free port on the loopback interface');
  return port;
}
