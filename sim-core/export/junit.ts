import type { Comparison } from '../experiment/result.ts';
import { verdictOf } from './check-json.ts';
import type { Assertion } from './check-json.ts';

const titles: Readonly<Record<Assertion['name'], string>> = {
  slo: 'meets its service-level objectives',
  stability: 'scales without flapping',
  finished: 'runs to the horizon',
};

/**
 * Verdicts as JUnit XML, one suite a policy, one case an assertion.
 *
 * @param ran when and how long: `timestamp` is an ISO instant, `seconds` of wall-clock time
 */
export function junitXml(
  comparison: Comparison,
  ran: { readonly timestamp: string; readonly seconds: number },
): string {
  const verdicts = comparison.policies.map(verdictOf);
  const all = verdicts.flatMap(({ assertions }) => assertions);
  const seconds = ran.seconds.toFixed(3);
  const counts = (cases: readonly Assertion[]): string =>
    `tests="${cases.length}" failures="${cases.filter(({ passed }) => !passed).length}" errors="0"`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escape(comparison.scenario)}" ${counts(all)} time="${seconds}">`,
  ];
  for (const { policy, assertions } of verdicts) {
    lines.push(
      `  <testsuite name="${escape(policy)}" ${counts(assertions)} time="${(ran.seconds / verdicts.length).toFixed(3)}" timestamp="${escape(ran.timestamp)}">`,
    );
    lines.push('    <properties>');
    const { scenario, seed, replications, reality } = comparison;
    const warning = reality?.warning ?? null;
    const properties = { scenario, seed, replications, ...(warning !== null && { realityCheck: warning }) };
    for (const [name, value] of Object.entries(properties))
      lines.push(`      <property name="${name}" value="${escape(String(value))}"/>`);
    lines.push('    </properties>');
    for (const { name, passed, details } of assertions) {
      const opening = `    <testcase name="${titles[name]}" classname="${escape(`headroom.${policy}`)}" time="0"`;
      if (passed) lines.push(`${opening}/>`);
      else
        lines.push(
          `${opening}>`,
          `      <failure message="${escape(details[0] ?? titles[name])}" type="${name}">${escape(details.join('\n'))}</failure>`,
          '    </testcase>',
        );
    }
    lines.push('  </testsuite>');
  }
  lines.push('</testsuites>');
  return `${lines.join('\n')}\n`;
}

/** Text for XML 1.0, inside attributes too; characters XML cannot hold are dropped. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
