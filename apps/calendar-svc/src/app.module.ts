import { Module, type DynamicModule } from '@nestjs/common';
import { READING, type Reading } from './app-tokens';
import { MeetingsController } from './api/meetings.controller';
import { ProvidersController } from './api/providers.controller';

@Module({})
export class AppModule {
  static with(reading: Reading): DynamicModule {
    return {
      module: AppModule,
      controllers: [MeetingsController, ProvidersController],
      providers: [{ provide: READING, useValue: reading }],
    };
  }
}
