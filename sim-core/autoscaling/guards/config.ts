/** Guards of a policy as the scenario states them; each is optional. */
export interface GuardsConfig {
  /** s: no action in a direction for this long after any action */
  readonly cooldown?: { readonly up?: number | undefined; readonly down?: number | undefined } | undefined;
  /** CPU utilisation: grow only at or above `up`, shrink only at or below `down` */
  readonly hysteresis?: { readonly up: number; readonly down: number } | undefined;
  /** replicas one decision may add or remove */
  readonly maxStep?: { readonly up?: number | undefined; readonly down?: number | undefined } | undefined;
  readonly bounds?: { readonly min?: number | undefined; readonly max?: number | undefined } | undefined;
  /** in the currency of the scenario */
  readonly budget?: { readonly perHour: number } | undefined;
}
