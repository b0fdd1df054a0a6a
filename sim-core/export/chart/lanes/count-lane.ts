import type { LaneModel } from '../lane-model.ts';
import type { LaneContext, VisiblePolicy } from '../lane-options.ts';
import { mainSeries } from './policy-lines.ts';

type Count = Pick<LaneModel, 'id' | 'name' | 'unit' | 'weight' | 'emptyText'> & {
  /** of the line, in readings */
  readonly label: string;
  readonly values: (policy: VisiblePolicy) => Float64Array;
};

/** A lane of things that are few and whole, as replicas are: one step line a policy. */
export function countLane(context: LaneContext, { label, values, ...names }: Count): LaneModel {
  const mains = context.policies.map((policy) =>
    mainSeries(context, policy, { label, values: values(policy), step: true }),
  );
  return {
    ...names,
    quantity: 'replicas',
    currency: '',
    axisFactor: 1,
    series: mains.map((main) => main.series),
    readings: mains.map((main) => main.reading),
    marks: [],
    shades: [],
    ceiling: null,
    objective: null,
  };
}
