import { differencesOf, isScaling } from '../../../sim-core/index.ts';
import type { Decision, DecisionDifference } from '../../../sim-core/index.ts';
import type { ShownResult } from '../../stores/runs.ts';
import type { Session } from '../../session.ts';

/** The policy whose decisions are looked at: the one selected, else the first that is not the baseline. */
export function watchedPolicy(session: Session): string | null {
  const { shown } = session.runs.store.getState();
  if (!shown) return null;
  const { policies, baseline } = shown.comparison;
  const selected = session.view.store.getState().policy;
  return (
    (
      policies.find(({ policy }) => policy === selected) ??
      policies.find(({ policy }) => policy !== baseline) ??
      policies[0]
    )?.policy ?? null
  );
}

/** Every evaluation of a policy in replication 0; empty while there is none. */
export const decisionsOf = (shown: ShownResult | null, policy: string | null): readonly Decision[] =>
  shown?.comparison.policies.find((result) => result.policy === policy)?.example.decisions ?? [];

/** The policy whose decisions stand beside the watched one; null when there is none, or when it is the same. */
export function besidePolicy(session: Session): string | null {
  const { shown } = session.runs.store.getState();
  const { beside } = session.view.store.getState();
  return beside !== watchedPolicy(session) &&
    shown?.comparison.policies.some(({ policy }) => policy === beside) === true
    ? beside
    : null;
}

/** Where two policies stand apart, in the order of time; null while no two are looked at. */
export function watchedDifferences(session: Session): readonly DecisionDifference[] | null {
  const { shown } = session.runs.store.getState();
  const beside = besidePolicy(session);
  if (!shown || beside === null) return null;
  return [...differencesOf(decisionsOf(shown, watchedPolicy(session)), decisionsOf(shown, beside))];
}

/** Sets a policy's decisions beside the watched ones, at the first in which they differ; null takes them away. */
export function setBeside(session: Session, policy: string | null): void {
  session.view.setBeside(policy);
  const [first] = watchedDifferences(session) ?? [];
  if (first) pinAt(session, first.time);
}

/** Moves the crosshair to the next or the previous scaling event of the watched policy. */
export function stepThroughScalings(session: Session, direction: 1 | -1): void {
  const { shown } = session.runs.store.getState();
  const policy = watchedPolicy(session);
  const scalings = decisionsOf(shown, policy).filter(isScaling);
  if (scalings.length === 0) session.messages.say('info', `${policy ?? 'This policy'} never scaled.`);
  else if (!stepTo(session, scalings, direction))
    session.messages.say('info', `That was the ${direction > 0 ? 'last' : 'first'} scaling event.`);
}

/** Moves the crosshair to the next or the previous time at which the two policies come to stand apart. */
export function stepThroughDifferences(session: Session, direction: 1 | -1): void {
  const differences = watchedDifferences(session);
  if (differences === null)
    session.messages.say('info', 'Choose a second policy in the Decisions tab: differences are between two.');
  else if (differences.length === 0) session.messages.say('info', 'The two policies never stand apart.');
  else if (!stepTo(session, differences, direction))
    session.messages.say('info', `That was the ${direction > 0 ? 'last' : 'first'} difference.`);
}

/** @returns whether there was one further on */
function stepTo(session: Session, events: readonly { readonly time: number }[], direction: 1 | -1): boolean {
  const { pinned, crosshair } = session.view.store.getState();
  const from = crosshair ?? pinned ?? (direction > 0 ? -1 : Infinity);
  const next =
    direction > 0 ? events.find(({ time }) => time > from + 1e-6) : events.findLast(({ time }) => time < from - 1e-6);
  if (next) pinAt(session, next.time);
  return next !== undefined;
}

/** The crosshair stays at a time, which the lanes are moved to show. */
export function pinAt(session: Session, time: number): void {
  const { window } = session.view.store.getState();
  session.view.setCrosshair(null);
  session.view.setPinned(time);
  if (window && (time < window[0] || time > window[1])) {
    const half = (window[1] - window[0]) / 2;
    const horizon = session.runs.store.getState().shown?.scenario.horizon ?? time;
    const start = Math.max(0, Math.min(horizon - 2 * half, time - half));
    session.view.setWindow([start, start + 2 * half]);
  }
}

/** Shows one decision of one policy: its row, its arithmetic, its place on the lanes. */
export function openDecisionAt(session: Session, policy: string, time: number): void {
  session.view.setPolicy(policy);
  session.view.setPinned(time);
  session.view.setTab('decisions');
}
