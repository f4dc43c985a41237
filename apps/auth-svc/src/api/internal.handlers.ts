import {
  authAccessGet,
  authAccessRevoked,
  authAccessThrottle,
  authConnectionRecord,
  authConnectionRecords,
  authConnectionReport,
  authHealthCheck,
  authPersonAddress,
  authReceiptReport,
  type ParsedInputOf,
} from '@daybook/contracts';
import { Handles } from '@daybook/platform/nats';
import { Controller } from '@nestjs/common';
import { AuthUseCases } from '../auth-use-cases';
import { ReadHealth } from '../adapters/system/read-health';

/** What other services ask; none of it is reachable from outside. */
@Controller()
export class InternalHandlers {
  constructor(
    private readonly use: AuthUseCases,
    private readonly health: ReadHealth,
  ) {}

  @Handles(authConnectionRecord)
  record({ connectionId }: ParsedInputOf<typeof authConnectionRecord>) {
    return this.use.readRecords.one(connectionId);
  }

  @Handles(authConnectionRecords)
  async records({ after, limit }: ParsedInputOf<typeof authConnectionRecords>) {
    return { items: await this.use.readRecords.page(after, limit) };
  }

  @Handles(authPersonAddress)
  address({ accountId, userId }: ParsedInputOf<typeof authPersonAddress>) {
    return this.use.addressOfPerson.run(accountId, userId);
  }

  @Handles(authConnectionReport)
  async report(input: ParsedInputOf<typeof authConnectionReport>) {
    await this.use.reportPart.run(input);
    return {};
  }

  @Handles(authAccessGet)
  access(input: ParsedInputOf<typeof authAccessGet>) {
    return this.use.getAccess.run(input);
  }

  @Handles(authAccessThrottle)
  async throttle({ connectionId, notBefore }: ParsedInputOf<typeof authAccessThrottle>) {
    await this.use.throttleAccess.run(connectionId, new Date(notBefore));
    return {};
  }

  @Handles(authAccessRevoked)
  async revoked({ connectionId, rejected, claims }: ParsedInputOf<typeof authAccessRevoked>) {
    await this.use.checkRevoked.run(connectionId, rejected, claims);
    return {};
  }

  @Handles(authReceiptReport)
  async purge({ receiptId, part, purged }: ParsedInputOf<typeof authReceiptReport>) {
    await this.use.reportPurge.run(receiptId, part, purged);
    return {};
  }

  @Handles(authHealthCheck)
  check() {
    return this.health.run();
  }
}
