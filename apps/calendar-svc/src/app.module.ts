import { Module, type DynamicModule } from '@nestjs/common';
import { READING, type Reading } from './app-tokens';
import { DiagnosisController, DIAGNOSING, type Diagnosing } from './api/diagnosis.controller';
import { FREE_BUSY, FreeBusyController } from './api/free-busy.controller';
import { MeetingsController } from './api/meetings.controller';
import { ProvidersController } from './api/providers.controller';
import { ReviewsController } from './api/reviews.controller';
import type { FreeBusySurroundings } from './use-cases/free-busy/read-free-busy';

/** What the controllers are given. */
export interface Handling {
  readonly reading: Reading;
  readonly diagnosing: Diagnosing;
  readonly freeBusy: FreeBusySurroundings;
}

@Module({})
export class AppModule {
  static with({ reading, diagnosing, freeBusy }: Handling): DynamicModule {
    return {
      module: AppModule,
      controllers: [
        DiagnosisController,
        FreeBusyController,
        MeetingsController,
        ProvidersController,
        ReviewsController,
      ],
      providers: [
        { provide: READING, useValue: reading },
        { provide: DIAGNOSING, useValue: diagnosing },
        { provide: FREE_BUSY, useValue: freeBusy },
      ],
    };
  }
}
