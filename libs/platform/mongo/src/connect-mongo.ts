import type { Logger } from '@daybook/platform/logging';
import { createConnection, type Connection } from 'mongoose';
import os from 'node:os';
import { backOff, pauseWithJitter } from './pause';

export interface MongoOptions {
  /** The server's address without a database: `mongodb://host:port/?replicaSet=rs0`. */
  readonly uri: string;
  readonly dbName: string;
  readonly logger: Logger;
  /** Ends the waiting at boot. */
  readonly signal?: AbortSignal;
  readonly maxPoolSize?: number;
}

/**
 * Opens the service's database. Services may start before the server: this waits with growing pauses (200 ms to 5 s) until
 * it answers. Afterwards the driver reconnects by itself; an operation without a server fails after 3 s, which leaves a
 * caller with a 5 s deadline time to say so. Rejects only when `signal` aborts.
 */
export async function connectMongo(options: MongoOptions): Promise<Connection> {
  const { logger, signal, dbName } = options;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      const connection = await open(options);
      logger.info('database connected', { attempt });
      return connection;
    } catch (error) {
      logger.warn('the database does not answer yet', { attempt, error, backend: dbName });
      await pauseWithJitter(backOff(attempt, 200, 5000), signal);
    }
  }
}

async function open({ uri, dbName, maxPoolSize = 20 }: MongoOptions): Promise<Connection> {
  const connection = createConnection(uri, {
    dbName,
    maxPoolSize,
    serverSelectionTimeoutMS: 3000,
    waitQueueTimeoutMS: 10_000,
    writeConcern: { w: 'majority' },
    // What is read outside of a transaction is there for one that begins afterwards. With 'local' it need not be: while other
    // transactions are being committed, a snapshot lies behind what such a read already shows.
    readConcern: { level: 'majority' },
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    // The driver would load it by a dynamic import, which a vm without an ES module loader (jest's) refuses.
    runtimeAdapters: { os },
  });
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
}

export interface PingResult {
  readonly ok: boolean;
  readonly ms: number;
}

/** One round trip to the server; never throws. */
export async function pingMongo(connection: Connection): Promise<PingResult> {
  const started = performance.now();
  try {
    await connection.db?.command({ ping: 1 }, { timeoutMS: 2000 });
    return { ok: connection.db !== undefined, ms: Math.round(performance.now() - started) };
  } catch {
    return { ok: false, ms: Math.round(performance.now() - started) };
  }
}
