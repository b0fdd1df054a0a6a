import type { Issue } from '../../issue.ts';
import type { Controller, ControllerContext, Observation, Stage } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { boundsRule, decide } from '../pipeline.ts';
import { customConfig } from './config.ts';
import type { CustomConfig } from './config.ts';
import { PolicyFailure } from './contract.ts';
import type { PolicySource } from './contract.ts';
import { questionOf, serviceNumbers } from './question.ts';

interface Answer {
  /** null for NaN: no wish */
  readonly replicas: number | null;
  readonly reason: string | null;
  /** JSON */
  readonly state: string;
}

/** Longer reasons are cut: they go into every row of the log. */
const longestReason = 300;

/**
 * A policy somebody wrote. It sees what every controller sees, as plain data, and remembers what it returns as its state;
 * a count of NaN means that it has no wish. What it does wrong ends the run with a `PolicyFailure`.
 */
export const customKind = {
  config: customConfig,
  create(config: CustomConfig, context: ControllerContext): Controller<string> {
    if (context.sandbox === undefined) throw new Error('A custom policy without a sandbox was not prepared.');
    const evaluatePolicy = context.sandbox.compile(sourceOf(config));
    const bounds = [boundsRule('bounds', config.min, config.max)];
    const parameters = JSON.stringify(config.parameters);
    return {
      kind: 'custom',
      interval: config.interval,
      initialState: 'null',
      evaluate(seen: Observation, state: string) {
        const { time, desiredReplicas: current } = seen;
        const answer = JSON.parse(evaluatePolicy(questionOf(seen, state, parameters))) as Answer;
        const recommended = answer.replicas ?? NaN;
        const output = answer.replicas ?? current;
        const origin: Stage = {
          name: 'policy',
          input: current,
          output,
          reason: answer.replicas === null ? 'NoWish' : 'Custom',
          detail: (answer.reason ?? `The policy asks for ${answer.replicas ?? 'nothing'}`).slice(0, longestReason),
        };
        const wish = { time, current, observed: serviceNumbers(seen.service), recommended, origin: [origin] };
        return { decision: decide(wish, bounds), state: answer.state };
      },
    };
  },
  check(config: CustomConfig, { sandbox }: ControllerContext): Issue[] {
    try {
      sandbox?.compile(sourceOf(config));
      return [];
    } catch (error) {
      if (!(error instanceof PolicyFailure)) throw error;
      const { file } = config;
      const message = `${file === undefined ? 'This policy' : `The policy in ${file}`} cannot be used. ${error.message}.`;
      const issue = { code: 'bad-policy', severity: 'error' as const, message };
      if (file === undefined) return [{ ...issue, path: ['source'] }];
      return [{ ...issue, path: ['file'], ...(error.position !== null && { file, ...error.position }) }];
    }
  },
} satisfies ControllerKind<typeof customConfig>;

function sourceOf({ source, file, language, limits }: CustomConfig): PolicySource {
  if (source === undefined) throw new Error('The file of a custom policy was not read.');
  const ofFile = file !== undefined && /js$/i.test(file) ? 'javascript' : 'typescript';
  return { source, language: language ?? ofFile, limits };
}
