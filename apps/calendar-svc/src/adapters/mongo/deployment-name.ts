import type { Connection } from 'mongoose';
import { newId } from '@daybook/platform/crypto';
import { nativeDb } from '@daybook/platform/mongo';

interface NameRow {
  readonly _id: string;
  readonly name: string;
}

/** How this deployment is called in the markers of events it writes: drawn once, and kept with the meetings it belongs to. */
export async function deploymentName(connection: Connection): Promise<string> {
  const rows = nativeDb(connection).collection<NameRow>('deployment');
  const row = await rows.findOneAndUpdate(
    { _id: 'name' },
    { $setOnInsert: { name: newId('dep') } },
    { upsert: true, returnDocument: 'after' },
  );
  if (!row) throw new Error('the name of the deployment could not be kept');
  return row.name;
}
