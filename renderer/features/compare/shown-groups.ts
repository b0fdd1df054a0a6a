import { metricGroupsOf, type MetricGroup } from './metrics.ts';

/** The first group, and those that were opened. @param open their titles */
export const shownGroups = (currency: string, open: readonly string[]): readonly MetricGroup[] =>
  metricGroupsOf(currency).filter(({ title }, index) => index === 0 || open.includes(title));
