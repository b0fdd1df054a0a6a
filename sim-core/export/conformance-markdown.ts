import type { FamilyReport } from '../conformance/contract.ts';
import { conformanceTotals } from './conformance-json.ts';

/** Whose cases they are, by what the names of the files begin with. */
const platforms: Readonly<Record<string, string>> = {
  hpa: 'Kubernetes HPA',
  keda: 'KEDA',
  wpa: 'Watermark Pod Autoscaler',
  kpa: 'Knative KPA',
  aws: 'AWS',
  azure: 'Azure Monitor autoscale',
  gcp: 'Compute Engine',
  nomad: 'Nomad Autoscaler',
  elasticity: 'SPEC RG elasticity metrics',
};

/** The totals as a table for a README: one row a platform, by the name of the files, and one for all. */
export function conformanceMarkdown(families: readonly FamilyReport[]): string {
  const groups = new Map<string, FamilyReport[]>();
  for (const family of families) {
    const prefix = /([^/\\-]+)[^/\\]*$/.exec(family.file)?.[1] ?? family.file;
    groups.set(prefix, [...(groups.get(prefix) ?? []), family]);
  }
  const order = Object.keys(platforms);
  const rank = (prefix: string): number => (order.includes(prefix) ? order.indexOf(prefix) : order.length);
  const sorted = [...groups].toSorted(([a], [b]) => rank(a) - rank(b));
  const row = (title: string, members: readonly FamilyReport[]): string => {
    const { passed, failed, notApplicable } = conformanceTotals(members);
    return `| ${title} | ${members.length} | ${passed} | ${failed} | ${notApplicable} |`;
  };
  return [
    '| whose cases | files | passed | failed | not applicable |',
    '|---|---:|---:|---:|---:|',
    ...sorted.map(([prefix, members]) => row(platforms[prefix] ?? prefix, members)),
    row('all', families),
    '',
  ].join('\n');
}
