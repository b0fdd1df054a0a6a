/** What a check wants; `recommendation` is of the vertical autoscaler and never scales a count. */
export type Direction = 'down' | 'none' | 'up' | 'recommendation';

export interface Action {
  readonly direction: Direction;
  readonly count: number;
}

const rank: Readonly<Record<Direction, number>> = { down: -1, none: 0, up: 1, recommendation: 2 };

/**
 * The safer of two actions: up before none before down, and of one direction the larger count.
 *
 * @see hashicorp/nomad-autoscaler sdk/strategy.go, PreemptScalingAction
 */
export function preempt<Each extends Action>(a: Each | null, b: Each | null): Each | null {
  if (a === null || b === null) return a ?? b;
  if (a.direction !== b.direction) return rank[b.direction] > rank[a.direction] ? b : a;
  return a.direction !== 'none' && b.count > a.count ? b : a;
}

/**
 * The winner of all checks. Within a named group `none` does not vote unless every check of the group says so; checks
 * without a group, and the winners of the groups, are compared one by one.
 *
 * @param groups actions by name of the group, '' for checks without; null for a check without an answer
 * @see hashicorp/nomad-autoscaler policy/handler.go, pickWinnerActionFromGroups
 */
export function pickWinner<Each extends Action>(groups: ReadonlyMap<string, readonly (Each | null)[]>): Each | null {
  let winner: Each | null = null;
  for (const [group, actions] of groups) {
    const named = group !== '';
    const allNone = named && actions.length > 0 && actions.every((action) => action?.direction === 'none');
    const voting = named && !allNone ? actions.filter((action) => action?.direction !== 'none') : actions;
    winner = preempt(
      winner,
      voting.reduce<Each | null>((best, action) => preempt(best, action), null),
    );
  }
  return winner;
}

export const capCount = (count: number, min: number, max: number): number =>
  count < min ? min : count > max ? max : count;

/** Nothing is done about an action that would leave the count as it is. */
export const scalingNeeded = ({ direction, count }: Action, current: number): boolean =>
  direction !== 'none' && count !== current;

export interface Cooldowns {
  /** s */
  readonly cooldown: number;
  readonly onScaleUp: number;
}

/** s a policy rests after it has scaled */
export const cooldownAfter = (direction: Direction, { cooldown, onScaleUp }: Cooldowns): number =>
  direction === 'up' ? onScaleUp : cooldown;

/** s left of a cool-down that began with an event `elapsed` s ago; negative when it is over */
export const remainingCooldown = (cooldown: number, elapsed: number): number => cooldown - elapsed;
