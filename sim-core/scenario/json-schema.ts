import { z } from 'zod';
import { scenarioSchema } from './schema.ts';

/**
 * The scenario file as JSON Schema 2020-12, for completion and checking in editors. It describes what people write;
 * rules that span several keys are checked by parseScenario only.
 */
export function scenarioJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(scenarioSchema, { io: 'input', target: 'draft-2020-12' }) as Record<
    string,
    unknown
  >;
  return {
    $schema,
    $id: 'urn:headroom:schema:v1',
    title: 'Headroom scenario (headroom/v1)',
    description: 'Traffic, a service, its objectives, and the scaling policies to compare on them.',
    ...rest,
  };
}
