import { z } from 'zod';
import type { Issue } from '../../issue.ts';
import type { TraceSeries } from '../../trace/contract.ts';
import { bootstrap } from './bootstrap.ts';
import type { Step } from './contract.ts';
import { cut } from './cut.ts';
import { keep } from './keep.ts';
import { resample } from './resample.ts';
import { scale } from './scale.ts';
import { shift } from './shift.ts';
import { spike } from './spike.ts';
import { splice } from './splice.ts';
import { stretch } from './stretch.ts';
import { lazily } from '../../units/lazily.ts';

/** Every step. A new one is a file here and a line here. */
const steps = { resample, cut, splice, scale, stretch, shift, spike, keep, bootstrap };

type StepName = keyof typeof steps;
const stepNames = Object.keys(steps) as readonly StepName[];

const optionalConfigs = () =>
  Object.fromEntries(Object.entries(steps).map(([name, { config }]) => [name, config.optional()])) as {
    [Name in StepName]: z.ZodOptional<(typeof steps)[Name]['config']>;
  };

/** One step: exactly one key names it and carries its configuration. */
const traceStep = lazily(() =>
  z
    .strictObject(optionalConfigs())
    .superRefine((step, context) => {
      // An unknown key says it already.
      if (context.issues.length > 0) return;
      const given = stepNames.filter((name) => step[name] !== undefined);
      if (given.length === 1) return;
      const message =
        given.length === 0
          ? `Give one step: ${stepNames.join(', ')}.`
          : `A step is one change; this one has ${given.join(' and ')}. Put a dash before each, so that they come one after the other.`;
      context.addIssue({ code: 'custom', message, params: { code: 'one-of' } });
    })
    .meta({ minProperties: 1, maxProperties: 1, description: 'One step.' }),
);

export const traceSteps = lazily(() =>
  z
    .array(traceStep)
    .max(50)
    .describe('What is done with the trace once it is read, one step after the other (docs/workload-tools.md).'),
);

export type TraceSteps = z.output<typeof traceSteps>;

/**
 * The series after all steps. The same series and steps give the same result, bit for bit.
 *
 * @returns no series when a step cannot be done; paths of issues from the list of steps
 */
export function applySteps(
  series: TraceSeries,
  list: TraceSteps,
): { readonly series?: TraceSeries; readonly issues: readonly Issue[] } {
  let current = series;
  for (const [index, step] of list.entries()) {
    const name = stepNames.find((candidate) => step[candidate] !== undefined);
    if (name === undefined) throw new Error('A step without a name was not parsed.');
    const after = (steps[name] as unknown as Step<z.ZodType>).apply(current, step[name]);
    if (typeof after === 'string')
      return {
        issues: [{ code: 'trace-step', severity: 'error', message: `\`${name}\`: ${after}`, path: [index, name] }],
      };
    current = after;
  }
  return { series: current, issues: [] };
}
