import {
  calendarSchema,
  connectionSchema,
  freshnessSchema,
  meetingSchema,
  policySchema,
  receiptSchema,
  serviceSchema,
  userSchema,
} from '@daybook/contracts';
import { z } from 'zod';
import type { KnownRoute } from '../http/known-routes';

/** Shapes with a name of their own in OpenAPI; the others are named after their route. */
const named: Readonly<Record<string, z.ZodType>> = {
  Calendar: calendarSchema,
  Connection: connectionSchema,
  Freshness: freshnessSchema,
  Meeting: meetingSchema,
  Policy: policySchema,
  Receipt: receiptSchema,
  Service: serviceSchema,
  User: userSchema,
};

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schemas of all routes, by name, and how to refer to them. */
export class RouteSchemas {
  readonly components: Readonly<Record<string, JsonSchema>>;
  private readonly answers = z.registry<{ id: string }>();
  private readonly bodies = z.registry<{ id: string }>();

  constructor(routes: readonly KnownRoute[]) {
    Object.entries(named).forEach(([id, schema]) => this.answers.add(schema, { id }));
    for (const { spec } of routes) {
      const name = `${spec.id.charAt(0).toUpperCase()}${spec.id.slice(1)}`;
      if (spec.body && spec.body !== 'bytes' && !this.bodies.has(spec.body)) {
        this.bodies.add(spec.body, { id: `${name}Body` });
      }
      for (const { schema } of Object.values(spec.answers)) {
        if (schema && !this.answers.has(schema)) {
          this.answers.add(schema, { id: `${name}Answer` });
        }
      }
    }
    const uri = (id: string) => `#/components/schemas/${id}`;
    this.components = {
      ...cleaned(z.toJSONSchema(this.bodies, { uri, io: 'input' }).schemas),
      ...cleaned(z.toJSONSchema(this.answers, { uri, io: 'output' }).schemas),
    };
  }

  answer(schema: z.ZodType): JsonSchema {
    return refer(this.answers.get(schema)?.id);
  }

  body(schema: z.ZodType): JsonSchema {
    return refer(this.bodies.get(schema)?.id);
  }
}

/** One parameter each; what may be left out says so. */
export function queryParameters(query: z.ZodObject): JsonSchema[] {
  return Object.entries(query.shape).map(([name, type]) => {
    const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' });
    return { name, in: 'query', required: !type.safeParse(undefined).success, schema };
  });
}

function refer(id: string | undefined): JsonSchema {
  return id === undefined ? {} : { $ref: `#/components/schemas/${id}` };
}

/** Without the marks of a document of its own: inside OpenAPI its dialect counts, and its place is its name. */
function cleaned(schemas: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _id, ...schema }]) => [id, schema]),
  );
}
