import { z } from 'zod';

/** What a setting tells about itself; kept in zod's registry beside its type. */
const factsSchema = z.object({
  expected: z.string().default('text'),
  secret: z.boolean().default(false),
  description: z.string().default(''),
});

export interface SettingFacts extends z.infer<typeof factsSchema> {
  readonly required: boolean;
  readonly defaultValue?: string;
}

/** Reads the facts of a setting through `.optional()`, `.default()` and `.describe()`, in whatever order they were chained. */
export function factsOf(type: z.core.$ZodType): SettingFacts {
  let layer: z.core.$ZodType | null = type;
  let required = true;
  let defaultValue: string | undefined;
  let known: Record<string, unknown> = {};
  while (layer) {
    known = { ...z.globalRegistry.get(layer), ...known };
    required &&= !(layer instanceof z.core.$ZodOptional || layer instanceof z.core.$ZodDefault);
    if (layer instanceof z.core.$ZodDefault) {
      defaultValue ??= String(layer._zod.def.defaultValue);
    }
    layer = innerOf(layer);
  }
  return { ...factsSchema.parse(known), required, ...(defaultValue === undefined ? {} : { defaultValue }) };
}

function innerOf(type: z.core.$ZodType): z.core.$ZodType | null {
  const wraps =
    type instanceof z.core.$ZodOptional || type instanceof z.core.$ZodDefault || type instanceof z.core.$ZodNullable;
  return wraps ? type._zod.def.innerType : null;
}
