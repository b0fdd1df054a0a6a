import { z } from 'zod';
import { printCpu } from '../units/cpu.ts';
import { printDuration } from '../units/duration.ts';
import { printFraction } from '../units/fraction.ts';
import { printMemory } from '../units/memory.ts';
import { printRate } from '../units/rate.ts';
import { scenarioSchema } from './schema.ts';

/** How a quantity is written, by the first example its schema gives. */
const printers: Readonly<Record<string, (value: number) => string>> = {
  '15s': printDuration,
  '150/s': printRate,
  '70%': printFraction,
  '500m': printCpu,
  '256Mi': printMemory,
};

/**
 * The scenario file as JSON Schema 2020-12, for completion and checking in editors. It describes what people write;
 * rules that span several keys are checked by parseScenario only.
 */
export function scenarioJsonSchema(): Record<string, unknown> {
  const written = z.toJSONSchema(scenarioSchema, { io: 'input', target: 'draft-2020-12', override: addDefault });
  const { $schema, ...rest } = written as Record<string, unknown>;
  return {
    $schema,
    $id: 'urn:headroom:schema:v1',
    title: 'Headroom scenario (headroom/v1)',
    description: 'Traffic, a service, its objectives, and the scaling policies to compare on them.',
    ...rest,
  };
}

/** zod leaves out defaults of quantities, because it knows them as numbers only; here they are as people write them. */
function addDefault({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}): void {
  const { def } = zodSchema._zod;
  if (def.type !== 'default' || jsonSchema.default !== undefined) return;
  const examples = jsonSchema.anyOf?.flatMap((member) => (typeof member === 'object' ? (member.examples ?? []) : []));
  const print = printers[String(examples?.[0])];
  if (print !== undefined && typeof def.defaultValue === 'number') jsonSchema.default = print(def.defaultValue);
}
