import { pushSubjects } from '@daybook/contracts';
import { randomToken, sha256Hex } from '@daybook/platform/crypto';
import type { Logger } from '@daybook/platform/logging';
import type { PushPublisher, RpcClient } from '@daybook/platform/nats';
import type { Catalog } from '@daybook/providers/catalog';
import type { Connection } from 'mongoose';
import { MongoDiagnosisStore } from './adapters/mongo/mongo-diagnosis-store';
import { CurrentFacts } from './adapters/nats/current-facts';
import type { Diagnosing } from './api/diagnosis.controller';
import { TestEventRemover } from './jobs/test-event-remover';
import type { AccessSource } from './ports/access-source';
import type { CalendarStore } from './ports/calendar-store';
import type { Clock } from './ports/clock';
import type { ConnectionRecord } from './ports/records';

export interface DiagnosingParts {
  readonly connection: Connection;
  readonly rpc: RpcClient;
  readonly push: PushPublisher;
  readonly catalog: Catalog;
  readonly access: AccessSource;
  readonly store: CalendarStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly failed: (error: unknown) => void;
}

/** A person waits for it: what a provider has not answered by then is as good as broken. */
const LIMITS = { checkMs: 10_000, wholeMs: 40_000 };

/** What diagnoses need, and the job that clears up after them. */
export function assembleDiagnosing(parts: DiagnosingParts): { diagnosing: Diagnosing; remover: TestEventRemover } {
  const { connection, rpc, push, catalog, access, store, clock, logger, failed } = parts;
  const providerFor = (way: Pick<ConnectionRecord, 'service' | 'method'>) =>
    catalog.providerFor(way.service, way.method);
  const diagnoses = new MongoDiagnosisStore(connection, clock);
  const diagnosing: Diagnosing = {
    store: diagnoses,
    facts: new CurrentFacts(rpc),
    access,
    clock,
    providerOf: providerFor,
    newKey: () => sha256Hex(randomToken()).slice(0, 40),
    limits: LIMITS,
    failed,
    tell: (name, item) => push.publish(pushSubjects.diagnosis(name), item),
  };
  const clearing = {
    diagnoses,
    store,
    access,
    clock,
    providerFor,
    log: (message: string, fields: Readonly<Record<string, string>>) => logger.info(message, fields),
  };
  return { diagnosing, remover: new TestEventRemover(clearing, failed) };
}
