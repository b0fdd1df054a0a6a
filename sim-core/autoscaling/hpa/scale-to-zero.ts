/** What decides whether an HPA may act on a target of zero replicas. */
export interface ZeroState {
  /** gate HPAScaleToZero */
  readonly gate: boolean;
  /** condition ScaledToZero: it was the HPA that wrote the zero */
  readonly scaledToZero: boolean;
  readonly minReplicas: number;
  readonly hasWholeMetric: boolean;
}

/** A zero written by hand means "paused"; only a zero of the HPA's own may be lifted by it. */
export function mayLiftFromZero({ gate, scaledToZero, minReplicas, hasWholeMetric }: ZeroState): boolean {
  return gate && scaledToZero && (minReplicas !== 0 || hasWholeMetric);
}
