import type { Migration } from '@daybook/platform/mongo';

/** In order; each brings the database from the version before it. The first shape needs nothing but its indexes. */
export const migrations: readonly Migration[] = [{ version: 1, name: 'first-shape', up: async () => undefined }];
