import type { PriorityClass } from '../priority.ts';
import type { MeasureName } from './measures.ts';
import type { ParameterName } from './parameters.ts';

/** What a model is given: SI units, one number a parameter it names, and its classes of requests if it has any. */
export type ParameterValues = Readonly<Record<ParameterName, number>> & { readonly classes?: readonly PriorityClass[] };

/** What a model says of one class. */
export interface ClassNumbers extends PriorityClass {
  /** s, when what is begun is finished */
  readonly waitingTimeMean: number;
  readonly sojournTimeMean: number;
  /** s, when higher classes interrupt */
  readonly sojournTimePreemptiveMean: number;
}

/** What a model says; the costlier numbers are worked out when they are read. */
export type Measured = Readonly<Partial<Record<MeasureName, number | (() => number)>>> & {
  readonly classes?: readonly ClassNumbers[];
};

/** One queueing model as a person uses it: named parameters in, named numbers out, and how far to believe them. */
export interface CalculatorModel {
  /** kebab-case, its name on the command line */
  readonly name: string;
  /** `M/M/c` */
  readonly title: string;
  /** one sentence: what it takes for granted */
  readonly assumptions: string;
  readonly formula: string;
  readonly source: string;
  /** how exact it is, with measured errors where it is not */
  readonly accuracy: string;
  /** where it holds */
  readonly range: string;
  /** what it says outside that range */
  readonly outside: string;
  /** in the order in which they are asked for */
  readonly parameters: readonly ParameterName[];
  /** classes to begin with, in the order in which they are served; only of models that tell classes apart */
  readonly initialClasses?: readonly PriorityClass[];
  /** what to begin with instead of the parameter's own */
  readonly initial?: Partial<ParameterValues>;
  /** what a number is called where it means something else than usual */
  readonly titles?: Partial<Record<MeasureName, string>>;
  /** has a steady state at every load */
  readonly alwaysStable?: true;
  /** why these values make no sense together, beyond the range of each; undefined when they do */
  problem?(values: ParameterValues): string | undefined;
  /** why the numbers should not be believed as they are; empty when nothing speaks against them */
  cautions?(values: ParameterValues): string[];
  solve(values: ParameterValues): Measured;
}
