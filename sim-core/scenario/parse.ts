import type { z } from 'zod';
import type { Issue } from '../issue.ts';
import { scenarioChecks } from './checks.ts';
import { placedIssue } from './placed-issue.ts';
import type { ScenarioParts } from './checks.ts';
import { scenarioSchema } from './schema.ts';
import type { PolicyConfig, Scenario } from './schema.ts';
import { validate } from './schema-issues.ts';
import { readYaml } from './yaml-source.ts';
import type { YamlSource } from './yaml-source.ts';

export { placedIssue };

export interface ParsedScenario {
  /** absent when there is an issue of severity error */
  readonly scenario?: Scenario;
  /** every trouble at once, in the order of the file */
  readonly issues: readonly Issue[];
  /** where a path stands in the text; for what is wrong beyond it, such as a trace that does not exist */
  readonly locate: YamlSource['locate'];
}

/**
 * Reads a scenario from YAML or JSON.
 *
 * @param fileName only for the wording of messages
 */
export function parseScenario(text: string, fileName = 'The file'): ParsedScenario {
  const source = readYaml(text);
  const { locate } = source;
  if (source.data === undefined) return { issues: source.issues, locate };
  const stranger = notAScenario(source.data, fileName);
  if (stranger !== undefined) return { issues: [...source.issues, { ...stranger, ...locate([], 'value') }], locate };

  const { value, issues } = validate(scenarioSchema, source.data);
  const parts = value ?? readableParts(source.data as Record<string, unknown>);
  const placed = [...issues, ...scenarioChecks.flatMap((check) => check(parts))].map((issue) =>
    placedIssue(issue, locate),
  );
  const all = [...source.issues, ...placed].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const wrong = all.some((issue) => issue.severity === 'error');
  return wrong || value === undefined ? { issues: all, locate } : { scenario: value, issues: all, locate };
}

/** Says what was given instead of a scenario, for the things people are likely to give. */
function notAScenario(data: unknown, fileName: string): Issue | undefined {
  const issue = (message: string): Issue => ({ code: 'not-a-scenario', severity: 'error', path: [], message });
  const begin = 'A scenario is a mapping that begins with `schema: headroom/v1`.';
  if (Array.isArray(data)) return issue(`${fileName} holds a list. ${begin}`);
  if (data === null || typeof data !== 'object') return issue(`${fileName} holds plain text. ${begin}`);
  if ('schema' in data) return undefined;
  if ('kind' in data) {
    const kind = String(data.kind);
    const advice =
      kind === 'HorizontalPodAutoscaler'
        ? ' Put its `spec` under `policies: [{name: live, controller: {hpa: …}}]` of a scenario.'
        : '';
    return issue(`${fileName} is a Kubernetes manifest of kind ${kind}, not a scenario.${advice} ${begin}`);
  }
  if ('resultType' in data || ('data' in data && 'status' in data)) {
    return issue(
      `${fileName} looks like an answer of Prometheus: recorded traffic, which a scenario names under \`workload.sum\` as \`trace: {file: …}\`. ${begin}`,
    );
  }
  return undefined;
}

/** Section by section what can be read, for the checks that span sections. */
function readableParts(data: Record<string, unknown>): ScenarioParts {
  const parts: Record<string, unknown> = {};
  const sections: Readonly<Record<string, z.ZodType>> = scenarioSchema._zod.innerType.shape;
  for (const [key, section] of Object.entries(sections)) {
    if (key === 'policies') continue;
    const { value } = validate(section, data[key]);
    if (value !== undefined) parts[key] = value;
  }
  const policies = Array.isArray(data['policies']) ? { policies: data['policies'].map(readablePolicy) } : {};
  return { ...(parts as ScenarioParts), ...policies };
}

function readablePolicy(data: unknown): Partial<PolicyConfig> {
  if (data === null || typeof data !== 'object') return {};
  const { name, guards } = scenarioSchema._zod.innerType.shape.policies.element._zod.innerType.shape;
  const given = data as Record<string, unknown>;
  const readName = validate(name, given['name']).value;
  const readGuards = validate(guards, given['guards']).value;
  return { ...(readName !== undefined && { name: readName }), ...(readGuards !== undefined && { guards: readGuards }) };
}
