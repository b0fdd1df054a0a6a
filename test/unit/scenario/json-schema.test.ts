import Ajv2020 from 'ajv/dist/2020.js';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { scenarioJsonSchema } from '../../../sim-core/scenario/json-schema.ts';
import { smallScenario, withLine } from '../../support/scenario-text.ts';

const committed = fileURLToPath(new URL('../../../docs/schema/headroom-v1.schema.json', import.meta.url));
const scenarios = new URL('../../../scenarios/', import.meta.url);
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(scenarioJsonSchema());
const errorsOf = (text: string): unknown => (validate(parse(text)) ? [] : validate.errors);

describe('the JSON Schema of the scenario file', () => {
  it('is committed as generated (`npx vitest run test/unit/scenario -u` brings it up to date)', async () => {
    const text = await format(JSON.stringify(scenarioJsonSchema()), {
      ...(await resolveConfig(committed)),
      filepath: committed,
    });
    await expect(text).toMatchFileSnapshot(committed);
  });

  it('is strict, and of the draft editors know', () => {
    expect(scenarioJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
    });
  });

  it.each(readdirSync(scenarios).filter((name) => /\.ya?ml$/.test(name)))('accepts scenarios/%s', (name) => {
    expect(errorsOf(readFileSync(new URL(name, scenarios), 'utf8'))).toEqual([]);
  });

  it('accepts what the parser accepts, and refuses misspelt keys, wrong units and wrong types', () => {
    expect(errorsOf(smallScenario)).toEqual([]);
    for (const [line, text] of [
      [3, 'horizn: 10m'],
      [3, 'horizon: 10 parsecs'],
      [4, 'replications: many'],
      [8, '    - constnat: 3/s'],
      [17, '    controller: {static: {replicas: 1000000000}}'],
    ] as const) {
      expect(errorsOf(withLine(line, text)), text).not.toEqual([]);
    }
  });
});
