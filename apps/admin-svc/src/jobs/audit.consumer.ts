import { AUDIT_SUBJECT, auditRecordSchema, cloudEventOf } from '@daybook/contracts';
import { daybookStreams, EventConsumer, type ConsumerOptions, type Consumption } from '@daybook/platform/nats';
import type { KeepAuditRecord } from '../use-cases/keep-audit-record';

const auditEventSchema = cloudEventOf(auditRecordSchema);

/** Takes every service's audit records off the stream, one after the other. */
export class AuditConsumer {
  private consumption: Promise<Consumption> | null = null;

  constructor(
    private readonly broker: ConsumerOptions,
    private readonly keepAuditRecord: KeepAuditRecord,
  ) {}

  /** Returns at once; the consumer stands as soon as the broker does. */
  start(): void {
    const { logger } = this.broker;
    this.consumption = new EventConsumer(this.broker).consume({
      name: 'admin-svc_audit',
      stream: daybookStreams.audit,
      subjects: [AUDIT_SUBJECT],
      handle: async ({ body, id }) => {
        const parsed = auditEventSchema.safeParse(body);
        if (!parsed.success) {
          logger.error('an audit record cannot be read', { eventId: id });
          return { type: 'drop', reason: 'not an audit record' };
        }
        await this.keepAuditRecord.run(parsed.data.data);
        return { type: 'done' };
      },
    });
    this.consumption.catch((error: unknown) => logger.error('audit records cannot be read', { error }));
  }

  async stop(): Promise<void> {
    const consumption = await this.consumption?.catch(() => null);
    await consumption?.stop();
  }
}
