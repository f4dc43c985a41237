import { Module, type DynamicModule } from '@nestjs/common';
import { READING, type Reading } from './app-tokens';
import { DiagnosisController, DIAGNOSING, type Diagnosing } from './api/diagnosis.controller';
import { MeetingsController } from './api/meetings.controller';
import { ProvidersController } from './api/providers.controller';
import { ReviewsController } from './api/reviews.controller';

@Module({})
export class AppModule {
  static with(reading: Reading, diagnosing: Diagnosing): DynamicModule {
    return {
      module: AppModule,
      controllers: [DiagnosisController, MeetingsController, ProvidersController, ReviewsController],
      providers: [
        { provide: READING, useValue: reading },
        { provide: DIAGNOSING, useValue: diagnosing },
      ],
    };
  }
}
