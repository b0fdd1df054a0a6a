import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseScenario } from '../../../sim-core/scenario/parse.ts';
import { smallScenario } from '../../support/scenario-text.ts';

const edit = fc.record({
  at: fc.nat(smallScenario.length),
  remove: fc.nat(30),
  insert: fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ': ',
      '\n',
      '\t',
      '- ',
      '&a ',
      '*a',
      '"',
      "'",
      '!',
      '%',
      'null',
      '~',
      '-1',
      '1e999',
      '9'.repeat(400),
    ),
  ),
});

it('reports, with a place and a sentence, whatever a scenario was turned into; it never throws', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let text = smallScenario;
      for (const { at, remove, insert } of edits) text = text.slice(0, at) + insert + text.slice(at + remove);
      const { scenario, issues } = parseScenario(text);
      const wrong = issues.some(({ severity }) => severity === 'error');
      expect(scenario === undefined).toBe(wrong);
      const lines = text.split('\n').length;
      for (const { line = 0, column = 0, message, code } of issues) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines + 1);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(message, code).toMatch(/[.?!…]$/);
        expect(message).not.toMatch(/Invalid input|\bundefined\b|object Object/);
      }
    }),
    { numRuns: 2000, seed: 1 },
  );
});
