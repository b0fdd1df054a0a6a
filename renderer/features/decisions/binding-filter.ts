import { stageWords } from '../../../sim-core/index.ts';
import type { Decision } from '../../../sim-core/index.ts';

/** `` for all decisions, `none` for those that nothing bound, else the name of a stage. */
export type BindingFilter = string;

export const bindingWords = (filter: BindingFilter): string =>
  filter === '' ? 'Bound by anything' : filter === 'none' ? 'Bound by nothing' : stageWords(filter);

/** What there is to choose from: the stages that bound some decision, the most frequent first. */
export function bindingFilters(decisions: readonly Decision[]): BindingFilter[] {
  const counts = new Map<string, number>();
  for (const { binding } of decisions) if (binding !== null) counts.set(binding, (counts.get(binding) ?? 0) + 1);
  const names = [...counts].sort(([, one], [, other]) => other - one).map(([name]) => name);
  return ['', 'none', ...names];
}

export const passes = (filter: BindingFilter, { binding }: Decision): boolean =>
  filter === '' || (filter === 'none' ? binding === null : binding === filter);
