import { isCollection, isNode, parseDocument } from 'yaml';
import { dimensionless, durationText } from '../fitting/service-time.ts';
import type { Written } from '../fitting/service-time.ts';
import { serviceOf } from '../scenario/build.ts';
import { livePolicyOf } from '../scenario/reality-status.ts';
import type { Scenario } from '../scenario/schema.ts';
import { printCpu } from '../units/cpu.ts';
import { parseDuration } from '../units/duration.ts';

export type Path = readonly (string | number)[];

/** One assumption of a scenario, changed. */
export interface Alternative {
  /** what is assumed otherwise, in a few words */
  readonly assumption: string;
  readonly path: Path;
  /** as written now; null where the default holds */
  readonly was: Written | null;
  readonly becomes: Written;
  /** `service`: may well be wrong, and is what calibration is for; `policy`: how the autoscaler was configured */
  readonly of: 'service' | 'policy';
  /** several numbers that only help together: for calibration, as an explanation it would say too much */
  readonly joint?: true;
}

const factors = [0.5, 0.7, 0.85, 0.95, 1.05, 1.15, 1.4, 2] as const;
const delays = [0, 15, 30, 45, 60] as const;
const windows = [15, 30, 60, 120] as const;
const stabilisations = [0, 60, 180, 300, 600] as const;
const tolerances = [0, 0.05, 0.1, 0.2] as const;

/** The assumptions a misfit is looked for in, each changed alone. Those whose change would change nothing are left out. */
export function alternativesOf(text: string, scenario: Scenario): Alternative[] {
  const data = parseDocument(text).toJS({ maxAliasCount: 100 }) as unknown;
  const [name] = Object.keys(scenario.services);
  const service = serviceOf(scenario);
  const base = ['services', name!];
  const found: Alternative[] = [];
  const add = (of: Alternative['of'], assumption: string, path: Path, becomes: Written): void => {
    found.push({ of, assumption, path, was: at(data, path), becomes });
  };
  const scaled = (assumption: string, path: Path): void => {
    const written = at(data, path);
    if (written === null) return;
    for (const factor of factors) {
      const becomes = timesDistribution(written, factor);
      if (JSON.stringify(becomes) !== JSON.stringify(written)) add('service', assumption, path, becomes);
    }
  };
  scaled('service time', [...base, 'serviceTime']);
  const { cpuPerBusySlot } = service.resources;
  if (cpuPerBusySlot !== undefined && cpuPerBusySlot > 0) {
    for (const factor of factors) {
      const path = [...base, 'resources', 'cpuPerBusySlot'];
      add('service', 'CPU of a request in service', path, printCpu(Math.max(1, Math.round(cpuPerBusySlot * factor))));
    }
  }
  scaled('start-up delay', [...base, 'replicas', 'startup']);
  const { delay, window } = service.metrics;
  const duration = (of: Alternative['of'], assumption: string, path: Path, values: readonly number[], now: number) => {
    for (const value of values) if (value !== now) add(of, assumption, path, durationText(value));
  };
  duration('service', 'delay of the metrics', [...base, 'metrics', 'delay'], delays, delay);
  duration('service', 'window of the metrics', [...base, 'metrics', 'window'], windows, window);
  const metrics = at(data, [...base, 'metrics']);
  for (const late of delays) {
    for (const wide of windows) {
      if (late === delay || wide === window) continue;
      const becomes = {
        ...(metrics as Readonly<Record<string, Written>> | null),
        delay: durationText(late),
        window: durationText(wide),
      };
      const assumption = 'delay and window of the metrics';
      found.push({ of: 'service', joint: true, assumption, path: [...base, 'metrics'], was: metrics, becomes });
    }
  }
  const live = scenario.policies.findIndex((policy) => policy.name === livePolicyOf(scenario));
  const { controller } = scenario.policies[live]!;
  if (controller.hpa !== undefined) {
    const behavior = controller.hpa.behavior !== undefined;
    const manager = ['policies', live, 'controller', 'controllerManager'];
    const rules = ['policies', live, 'controller', 'hpa', 'behavior', 'scaleDown', 'stabilizationWindowSeconds'];
    const now = controller.hpa.behavior?.scaleDown?.stabilizationWindowSeconds;
    const byDefault = controller.controllerManager?.downscaleStabilization ?? 300;
    for (const value of stabilisations) {
      if (value === (now ?? byDefault)) continue;
      const path = behavior ? rules : [...manager, 'downscaleStabilization'];
      add('policy', 'scale-down stabilisation', path, behavior ? value : `${value}s`);
    }
    for (const value of tolerances) {
      if (value === (controller.controllerManager?.tolerance ?? 0.1)) continue;
      add('policy', 'tolerance', [...manager, 'tolerance'], `${value * 100}%`);
    }
  }
  return found;
}

/** The scenario with a value set; comments and order stay. */
export function withValue(text: string, path: Path, value: unknown): string {
  const document = parseDocument(text);
  const before = document.getIn(path, true);
  const after = document.createNode(value);
  if (isNode(before)) {
    after.comment = before.comment ?? null;
    after.commentBefore = before.commentBefore ?? null;
    if (isCollection(after) && isCollection(before)) after.flow = before.flow ?? false;
  }
  document.setIn(path, after);
  return document.toString({ lineWidth: 0 });
}

/** What is written at a path of a scenario; null where nothing is. */
export function valueAt(text: string, path: Path): Written | null {
  return at(parseDocument(text).toJS({ maxAliasCount: 100 }) as unknown, path);
}

function at(data: unknown, path: Path): Written | null {
  let node = data;
  for (const key of path) {
    if (node === null || typeof node !== 'object' || !Object.hasOwn(node, key)) return null;
    node = (node as Readonly<Record<string | number, unknown>>)[key];
  }
  return (node as Written | undefined) ?? null;
}

/** A distribution as written, with all its times multiplied. */
export function timesDistribution(written: Written, factor: number, isTime = true): Written {
  if (typeof written === 'number') return isTime ? Number((written * factor).toPrecision(5)) : written;
  if (typeof written === 'string') {
    const seconds = isTime ? parseDuration(written) : undefined;
    return seconds === undefined ? written : durationText(seconds * factor);
  }
  if (Array.isArray(written))
    return (written as readonly Written[]).map((each) => timesDistribution(each, factor, isTime));
  return Object.fromEntries(
    Object.entries(written).map(([key, each]) => [
      key,
      timesDistribution(each, factor, isTime && !dimensionless.has(key)),
    ]),
  );
}
