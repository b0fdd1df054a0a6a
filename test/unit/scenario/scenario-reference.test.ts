import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../../sim-core/scenario/json-schema.ts';
import { scenarioReference } from '../../support/scenario-reference.ts';

const page = fileURLToPath(new URL('../../../docs/scenario-reference.md', import.meta.url));
const head = `# Scenario file: every key

Generated from the JSON Schema (\`npx vitest run test/unit/scenario -u\`); a test fails when the two disagree.
What the keys are for, with examples, is in [scenario-file.md](scenario-file.md). A quantity may also be a bare number:
seconds, requests a second, a share of one, cores, bytes, or Unix time in seconds.

`;

it('docs/scenario-reference.md is what the schema says', async () => {
  const reference = scenarioReference(scenarioJsonSchema());
  expect(reference).not.toMatch(/undefined|\[object/);
  await expect(head + reference).toMatchFileSnapshot(page);
});
