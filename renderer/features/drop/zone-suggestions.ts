import { traceMapping } from '../../../sim-core/index.ts';

const offsets = ['-08:00', '-05:00', '-03:00', '+00:00', '+01:00', '+02:00', '+03:00', '+05:30', '+08:00', '+09:00'];

/** Zones to choose from: those of this machine and of the world that a scenario takes, then usual offsets. */
export function zoneSuggestions(): readonly string[] {
  suggestions ??= [
    'UTC',
    ...new Set([Intl.DateTimeFormat().resolvedOptions().timeZone, ...Intl.supportedValuesOf('timeZone'), ...offsets]),
  ].filter((timeZone, index, all) => all.indexOf(timeZone) === index && traceMapping.safeParse({ timeZone }).success);
  return suggestions;
}

let suggestions: readonly string[] | undefined;
