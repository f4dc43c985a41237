import { Schema, type Connection, type Model, type SchemaDefinition } from 'mongoose';

/**
 * A mongoose model with the ways of this service: our own string ids, no version key, and a field that the schema does not
 * name is an error instead of being dropped silently.
 */
export function defineModel<T extends { _id: string }>(
  connection: Connection,
  collection: string,
  definition: SchemaDefinition,
): Model<T> {
  const schema = new Schema<T>({ _id: { type: String, required: true }, ...definition } as SchemaDefinition<T>, {
    collection,
    versionKey: false,
    strict: 'throw',
    strictQuery: 'throw',
    minimize: false,
    autoIndex: false,
    autoCreate: false,
  });
  return connection.model<T>(collection, schema);
}

export const text = { type: String, required: true };
export const optionalText = { type: String, default: null };
export const date = { type: Date, required: true };
export const optionalDate = { type: Date, default: null };
export const count = { type: Number, required: true };
export const flag = { type: Boolean, required: true };
/** A value of our own making that mongoose need not look into, such as a sealed record. */
export const plain = { type: Schema.Types.Mixed, required: true };
export const optionalPlain = { type: Schema.Types.Mixed, default: null };
