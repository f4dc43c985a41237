import type { Logger } from '@daybook/platform/logging';
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { LeaseStore } from './lease-store';
import { nativeDb, type Collection, type Db } from './native';
import { pauseWithJitter } from './pause';

/** Where a long migration notes how far it is, so that a killed one goes on from there. */
export interface MigrationProgress {
  load(): Promise<unknown>;
  save(value: unknown): Promise<void>;
}

export interface Migration {
  /** 1, 2, 3 … without gaps; never changed once released. */
  readonly version: number;
  /** What it does, in kebab-case. */
  readonly name: string;
  /** May be run again after it was killed anywhere inside: each step must be repeatable, or noted in `progress`. */
  up(db: Db, progress: MigrationProgress): Promise<void>;
}

/** The database was written by a newer release: starting this one could damage it. */
export class DatabaseTooNew extends Error {
  constructor(
    readonly found: number,
    readonly known: number,
  ) {
    super(`the database has schema version ${found}, this release knows ${known}: start a newer release`);
    this.name = 'DatabaseTooNew';
  }
}

export class MigrationFailed extends Error {
  constructor(
    readonly version: number,
    readonly migration: string,
    cause: unknown,
  ) {
    super(`migration ${version} (${migration}) failed`, { cause });
    this.name = 'MigrationFailed';
  }
}

interface SchemaRow {
  readonly _id: 'schema';
  readonly version: number;
  readonly serviceVersion: string;
  readonly progress?: unknown;
}

const leaseTtlMs = 30_000;

/**
 * Brings the database to the newest version in `migrations`, one after the other, under a lease: of several processes that
 * start together one migrates and the others wait. Throws DatabaseTooNew, MigrationFailed, or Error for a faulty list.
 */
export async function runMigrations(
  connection: Connection,
  migrations: readonly Migration[],
  { serviceVersion, logger }: { serviceVersion: string; logger: Logger },
): Promise<{ from: number; to: number }> {
  checkOrder(migrations);
  const leases = new LeaseStore(connection);
  for (;;) {
    const run = { connection, migrations, serviceVersion, logger };
    const owner = `migrations:${randomUUID()}`;
    const result = await leases.withLease('migrations', { owner, ttlMs: leaseTtlMs }, (_lease, signal) =>
      migrate(run, signal),
    );
    if (result !== 'held') {
      return result;
    }
    logger.info('waiting for another process to finish the migrations');
    await pauseWithJitter(500);
  }
}

interface Run {
  readonly connection: Connection;
  readonly migrations: readonly Migration[];
  readonly serviceVersion: string;
  readonly logger: Logger;
}

async function migrate({ connection, migrations, serviceVersion, logger }: Run, signal: AbortSignal) {
  const db = nativeDb(connection);
  const schema = db.collection<SchemaRow>('schema');
  const from = (await schema.findOne({ _id: 'schema' }))?.version ?? 0;
  const to = migrations.at(-1)?.version ?? 0;
  if (from > to) {
    throw new DatabaseTooNew(from, to);
  }
  for (const migration of migrations.filter(({ version }) => version > from)) {
    signal.throwIfAborted();
    logger.info('migration starts', { migration: migration.name, version: migration.version });
    try {
      await migration.up(db, progressIn(schema, serviceVersion));
    } catch (error) {
      throw new MigrationFailed(migration.version, migration.name, error);
    }
    signal.throwIfAborted();
    await schema.updateOne(
      { _id: 'schema' },
      { $set: { version: migration.version, serviceVersion }, $unset: { progress: '' } },
      { upsert: true },
    );
  }
  return { from, to };
}

function progressIn(schema: Collection<SchemaRow>, serviceVersion: string): MigrationProgress {
  return {
    load: async () => (await schema.findOne({ _id: 'schema' }))?.progress ?? null,
    save: async (progress) => {
      const update = { $set: { progress, serviceVersion }, $setOnInsert: { version: 0 } };
      await schema.updateOne({ _id: 'schema' }, update, { upsert: true });
    },
  };
}

function checkOrder(migrations: readonly Migration[]): void {
  migrations.forEach(({ version, name }, index) => {
    if (version !== index + 1) {
      throw new Error(`migration ${name} has version ${version}, expected ${index + 1}`);
    }
  });
}
