import type { RealityOverlay, RealityReport } from '../../reality/check.ts';
import type { LaneModel, LaneSeries, Quantity } from './lane-model.ts';

const recorded = 'recorded';

/** Recorded over simulated, as lanes: replicas, and latency and CPU where they were recorded. */
export function realityLanes({ overlay, policy }: Pick<RealityReport, 'overlay' | 'policy'>): LaneModel[] {
  const { simulatedReplicasHalfWidth: half, simulatedReplicas: mean } = overlay;
  const band = half.some((each) => each > 0)
    ? { lower: mean.map((value, i) => value - half[i]!), upper: mean.map((value, i) => value + half[i]!) }
    : null;
  const simulated = `${policy}, simulated`;
  const lanes = [
    lane(overlay, 'replicas', 'Replicas', '', 'replicas', [
      ...(overlay.textbookReplicas === null
        ? []
        : [line(overlay, 'textbook rule', 2, overlay.textbookReplicas, { line: 'dotted' })]),
      line(overlay, recorded, 'ink', overlay.recordedReplicas, {}),
      line(overlay, simulated, 1, mean, { band }),
    ]),
  ];
  if (overlay.recordedLatency !== null && overlay.simulatedLatency !== null) {
    lanes.push(
      lane(overlay, 'latency', 'Latency', 'seconds', 'seconds', [
        line(overlay, recorded, 'ink', overlay.recordedLatency, {}),
        line(overlay, simulated, 1, overlay.simulatedLatency, {}),
      ]),
    );
  }
  if (overlay.recordedCpu !== null && overlay.simulatedCpu !== null) {
    lanes.push(
      lane(overlay, 'cpu', 'CPU', '', 'count', [
        line(overlay, recorded, 'ink', overlay.recordedCpu, {}),
        line(overlay, simulated, 1, overlay.simulatedCpu, {}),
      ]),
    );
  }
  return lanes;
}

function line(
  { time }: RealityOverlay,
  name: string,
  slot: LaneSeries['slot'],
  values: Float64Array,
  style: Partial<Pick<LaneSeries, 'line' | 'band'>>,
): LaneSeries {
  return {
    time,
    interval: time.length > 1 ? time[1]! - time[0]! : 1,
    values,
    id: name,
    policy: name,
    label: name,
    slot,
    step: true,
    line: style.line ?? 'solid',
    width: 1.5,
    opacity: 1,
    fill: false,
    band: style.band ?? null,
  };
}

function lane(
  overlay: RealityOverlay,
  id: string,
  name: string,
  unit: string,
  quantity: Quantity,
  series: readonly LaneSeries[],
): LaneModel {
  return {
    id,
    name,
    unit,
    quantity,
    currency: '',
    axisFactor: 1,
    weight: id === 'replicas' ? 1.3 : 1,
    series,
    readings: series.map(({ time, interval, values, policy, label, slot }) => ({
      time,
      interval,
      values,
      policy,
      label,
      slot,
      next: null,
    })),
    marks: [],
    shades: [],
    ceiling: null,
    objective: null,
    emptyText: `No ${name} in this window.`,
  };
}
