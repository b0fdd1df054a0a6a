/** Equal is not enough. */
export const isTriggerActive = (value: number, activationThreshold: number): boolean => value > activationThreshold;
