import { AUDIT_SUBJECT, auditRecordSchema, cloudEventOf } from '@daybook/contracts';
import type { Logger } from '@daybook/platform/logging';
import { daybookStreams, EventConsumer, type Consumption, type NatsClient } from '@daybook/platform/nats';
import type { KeepAuditRecord } from '../use-cases/keep-audit-record';

const auditEventSchema = cloudEventOf(auditRecordSchema);

/** Takes every service's audit records off the stream, one after the other. */
export class AuditConsumer {
  private consumption: Promise<Consumption> | null = null;

  constructor(
    private readonly client: NatsClient,
    private readonly keepAuditRecord: KeepAuditRecord,
    private readonly logger: Logger,
  ) {}

  /** Returns at once; the consumer stands as soon as the broker does. */
  start(): void {
    const { client, logger } = this;
    this.consumption = new EventConsumer({ client, logger }).consume({
      name: 'admin-svc_audit',
      stream: daybookStreams.audit,
      subjects: [AUDIT_SUBJECT],
      handle: async ({ body, id }) => {
        const parsed = auditEventSchema.safeParse(body);
        if (!parsed.success) {
          this.logger.error('an audit record cannot be read', { eventId: id });
          return { type: 'drop', reason: 'not an audit record' };
        }
        await this.keepAuditRecord.run(parsed.data.data);
        return { type: 'done' };
      },
    });
    this.consumption.catch((error: unknown) => this.logger.error('audit records cannot be read', { error }));
  }

  async stop(): Promise<void> {
    const consumption = await this.consumption?.catch(() => null);
    await consumption?.stop();
  }
}
