import Ajv from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeManifest } from '../../../sim-core/manifest/write-manifest.ts';
import { readShared } from '../../support/published.ts';
import { arbitraryControllers } from '../../unit/manifest/configs.ts';

type Json = Readonly<Record<string, unknown>>;
const ajv = new Ajv({ strict: false, validateFormats: false });

/** The schema with every object closed, as the API server with strict validation has it; maps stay maps. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
  const open =
    'x-kubernetes-preserve-unknown-fields' in schema || !('properties' in schema) || 'additionalProperties' in schema;
  return Object.fromEntries(open ? entries : [...entries, ['additionalProperties', false]]);
}

const hpaSchema = JSON.parse(readShared('schemas/horizontalpodautoscaler-autoscaling-v2.strict.json')) as Json;
const crd = parse(readShared('schemas/keda.sh_scaledobjects.yaml')) as {
  readonly spec: {
    readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: { readonly properties: Json } } }[];
  };
};
const spec = crd.spec.versions[0]?.schema.openAPIV3Schema.properties['spec'];

const written = (controller: Json): Json =>
  parse(writeManifest({ name: 'Live policy', controller }, { target: 'web' }).text ?? '') as Json;

/** Without the fields that came after the version the schema at hand is of. */
function older(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(older);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(
    ([key, each]) => key !== 'tolerance' && !(key === 'fallback' && 'failureDurationSeconds' in (each as object)),
  );
  return Object.fromEntries(kept.map(([key, each]) => [key, older(each)]));
}

describe('the schemas of upstream', () => {
  it('take every HorizontalPodAutoscaler that is written', () => {
    const validate = ajv.compile(hpaSchema);
    fc.assert(
      fc.property(arbitraryControllers.hpa, (controller) => {
        expect(validate(older(written(controller))), JSON.stringify(validate.errors)).toBe(true);
      }),
      { numRuns: 40, seed: 2 },
    );
    expect(validate({ ...written({ hpa: { maxReplicas: 3 } }), spec: { maxReplica: 3 } })).toBe(false);
  });

  it('take every ScaledObject that is written', () => {
    const validate = ajv.compile(closed(spec) as Json);
    fc.assert(
      fc.property(arbitraryControllers.keda, (controller) => {
        const manifest = written(controller);
        expect(
          Object.values((manifest['metadata'] as { annotations?: object }).annotations ?? {}).every(
            (each) => typeof each === 'string',
          ),
        ).toBe(true);
        expect(validate(older(manifest['spec'])), JSON.stringify(validate.errors)).toBe(true);
      }),
      { numRuns: 40, seed: 2 },
    );
    expect(validate({ triggers: [{ type: 'cpu', metadata: { value: 70 } }], scaleTargetRef: { name: 'web' } })).toBe(
      false,
    );
    expect(validate({ triggers: [], scaleTargetRef: { name: 'web' }, minReplicas: 1 })).toBe(false);
  });
});
