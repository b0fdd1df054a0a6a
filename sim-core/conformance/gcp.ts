import {
  largestSignal,
  modeRule,
  roundChange,
  roundedSize,
  scaleInControlRule,
  stabilizationRule,
} from '../autoscaling/gcp/rules.ts';
import type { Mode } from '../autoscaling/gcp/rules.ts';
import type { VectorFamily } from './contract.ts';
import { unknownKind } from './unknown-kind.ts';

interface GcpInput {
  readonly kind: string;
  readonly neededChange: number;
  readonly recommendedPerMinute: readonly number[];
  readonly stabilizationMinutes: number;
  readonly peakRecommendedInWindow: number;
  readonly wanted: number;
  readonly maxScaledIn: number;
  readonly recommended: number | Readonly<Record<string, number>>;
  readonly mode: Mode | 'ONLY_UP';
  readonly current: number;
  readonly realtime: number;
  readonly forecastWithinInitPeriod: number;
  readonly vms: number;
  readonly loadFactor: number;
  readonly minutesSinceDrop: number;
}

const autoscaler: VectorFamily = {
  answer({ input }) {
    const given = input as unknown as GcpInput;
    switch (given.kind) {
      case 'round':
        return { actual: { change: roundChange(given.neededChange) } };
      case 'stabilize': {
        const history = given.recommendedPerMinute.map((size, minute) => ({ time: minute * 60, size }));
        const now = history.at(-1);
        const rule = stabilizationRule(history, given.stabilizationMinutes * 60, now?.time ?? 0);
        return { actual: { recommended: rule.apply(now?.size ?? 0, []).output } };
      }
      case 'scaleInControl': {
        const control = { allowed: { fixed: given.maxScaledIn }, window: 600 };
        const rule = scaleInControlRule(control, [{ time: 0, size: given.peakRecommendedInWindow }], 0);
        return { actual: { recommended: rule.apply(given.wanted, []).output } };
      }
      case 'signals':
        return { actual: { recommended: largestSignal(Object.values(given.recommended)) } };
      case 'mode': {
        const mode = given.mode === 'ONLY_UP' ? 'ONLY_SCALE_OUT' : given.mode;
        return { actual: { size: modeRule(mode, given.current).apply(Number(given.recommended), []).output } };
      }
      case 'dropAfterStabilization': {
        const needed = roundedSize(given.vms, given.vms * given.loadFactor);
        const rule = stabilizationRule([{ time: 0, size: given.vms }], 600, given.minutesSinceDrop * 60);
        return { actual: { size: rule.apply(needed, []).output } };
      }
      case 'predictive':
        // A forecast is one more signal.
        return { actual: { recommended: largestSignal([given.realtime, given.forecastWithinInitPeriod]) } };
      case 'history':
        return { notApplicable: 'No forecast is made for instance groups here, so no history is asked for.' };
      default:
        return unknownKind(given.kind);
    }
  },
};

/** Compute Engine autoscaler of a managed instance group. */
export const gcpFamilies: Readonly<Record<string, VectorFamily>> = { 'gcp-mig-autoscaler': autoscaler };
