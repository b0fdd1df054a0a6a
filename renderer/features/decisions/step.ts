import { isScaling } from '../../../sim-core/index.ts';
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

/** Moves the crosshair to the next or the previous scaling event of the watched policy. */
export function stepThroughScalings(session: Session, direction: 1 | -1): void {
  const { shown } = session.runs.store.getState();
  const policy = watchedPolicy(session);
  const decisions = shown?.comparison.policies.find((result) => result.policy === policy)?.example.decisions ?? [];
  const { pinned, crosshair, window } = session.view.store.getState();
  const from = crosshair ?? pinned ?? (direction > 0 ? -1 : Infinity);
  const scalings = decisions.filter(isScaling);
  const next =
    direction > 0
      ? scalings.find(({ time }) => time > from + 1e-6)
      : scalings.findLast(({ time }) => time < from - 1e-6);
  if (!next) {
    session.messages.say(
      'info',
      scalings.length === 0
        ? `${policy ?? 'This policy'} never scaled.`
        : direction > 0
          ? 'That was the last scaling event.'
          : 'That was the first scaling event.',
    );
    return;
  }
  session.view.setCrosshair(null);
  session.view.setPinned(next.time);
  if (window && (next.time < window[0] || next.time > window[1])) {
    const half = (window[1] - window[0]) / 2;
    const horizon = shown?.scenario.horizon ?? next.time;
    const start = Math.max(0, Math.min(horizon - 2 * half, next.time - half));
    session.view.setWindow([start, start + 2 * half]);
  }
}

/** Shows one decision of one policy: its row, its arithmetic, its place on the lanes. */
export function openDecisionAt(session: Session, policy: string, time: number): void {
  session.view.setPolicy(policy);
  session.view.setPinned(time);
  session.view.setTab('decisions');
}
