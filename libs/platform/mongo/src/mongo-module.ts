import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { connectMongo, type MongoOptions } from './connect-mongo';

class MongoCloser implements OnApplicationShutdown {
  constructor(private readonly connection: Connection) {}

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}

/**
 * Gives the service's one database connection by `@InjectConnection()`, everywhere, and closes it when the application ends.
 * Not `MongooseModule.forRoot`: that gives up after some attempts, and a service here waits for its database.
 */
@Module({})
export class MongoModule {
  static forRoot(options: MongoOptions): DynamicModule {
    return MongoModule.with(() => connectMongo(options));
  }

  /** For a connection that was opened before the application, e.g. to run migrations first. */
  static forConnection(connection: Connection): DynamicModule {
    return MongoModule.with(async () => connection);
  }

  private static with(open: () => Promise<Connection>): DynamicModule {
    const token = getConnectionToken();
    return {
      module: MongoModule,
      global: true,
      providers: [
        { provide: token, useFactory: open },
        { provide: MongoCloser, useFactory: (connection: Connection) => new MongoCloser(connection), inject: [token] },
      ],
      exports: [token],
    };
  }
}
