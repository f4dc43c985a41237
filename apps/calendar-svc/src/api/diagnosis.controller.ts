import { Controller, Inject } from '@nestjs/common';
import { calendarConnectionDiagnose, fail, type DiagnosisItem, type ParsedInputOf } from '@daybook/contracts';
import { Handles } from '@daybook/platform/nats';
import { diagnoseConnection, type DiagnosisSurroundings } from '../use-cases/diagnose-connection';

export const DIAGNOSING = Symbol('diagnosing');

export interface Diagnosing extends DiagnosisSurroundings {
  /** To the gateway that listens under this name. */
  readonly tell: (name: string, item: DiagnosisItem) => void;
}

/** So many at once in this process: a diagnosis takes a handler's place for up to a minute, which lists must not wait for. */
const AT_ONCE = 8;

/** What a person asks about a connection that may not work. */
@Controller()
export class DiagnosisController {
  private running = 0;

  constructor(@Inject(DIAGNOSING) private readonly around: Diagnosing) {}

  @Handles(calendarConnectionDiagnose)
  async diagnose({ caller, id, tellAs }: ParsedInputOf<typeof calendarConnectionDiagnose>) {
    if (this.running >= AT_ONCE) throw fail('rate_limited', undefined, { retryAfter: 10 });
    this.running += 1;
    try {
      return await diagnoseConnection(caller, id, this.around, (item) => {
        if (tellAs !== undefined) this.around.tell(tellAs, item);
      });
    } finally {
      this.running -= 1;
    }
  }
}
