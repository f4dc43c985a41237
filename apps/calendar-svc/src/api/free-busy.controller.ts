import { Controller, Inject } from '@nestjs/common';
import { calendarFreeBusyGet, fail, type ParsedInputOf } from '@daybook/contracts';
import { Handles, jsonReply, type JsonReply } from '@daybook/platform/nats';
import { readFreeBusy, type FreeBusySurroundings } from '../use-cases/free-busy/read-free-busy';
import { LARGEST_PAGE_BYTES } from './fitting-page';

export const FREE_BUSY = Symbol('free busy');

/** So many at once in this process: providers are waited for, and lists must not wait for them as well. */
const AT_ONCE = 16;

/** When people are taken. */
@Controller()
export class FreeBusyController {
  private running = 0;

  constructor(@Inject(FREE_BUSY) private readonly around: FreeBusySurroundings) {}

  @Handles(calendarFreeBusyGet)
  async get({ caller, query }: ParsedInputOf<typeof calendarFreeBusyGet>): Promise<JsonReply> {
    if (this.running >= AT_ONCE) throw fail('rate_limited', undefined, { retryAfter: 5 });
    this.running += 1;
    try {
      return jsonReply(fitting(await readFreeBusy(caller, query, this.around)));
    } finally {
      this.running -= 1;
    }
  }
}

function fitting(answer: Awaited<ReturnType<typeof readFreeBusy>>): Buffer {
  const bytes = Buffer.from(JSON.stringify(answer));
  if (bytes.length <= LARGEST_PAGE_BYTES) return bytes;
  const detail = 'One answer cannot hold that much: ask for fewer people at once.';
  throw fail('invalid_query', undefined, { fields: [{ field: 'users', code: 'too_many', detail }] });
}
