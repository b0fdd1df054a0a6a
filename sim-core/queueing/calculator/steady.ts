import type { QueuePrediction } from '../model.ts';

/** The numbers that follow from the delay probability and the mean wait of c servers: Little's law, and ∞ when a ≥ c. */
export function steadyNumbers(
  station: { readonly arrivalRate: number; readonly serviceTimeMean: number; readonly servers: number },
  delayProbability: number,
  wait: number,
): QueuePrediction {
  const { arrivalRate, serviceTimeMean, servers } = station;
  const offeredLoad = arrivalRate * serviceTimeMean;
  const trafficIntensity = offeredLoad / servers;
  const waitingTimeMean = trafficIntensity < 1 ? wait : Infinity;
  return {
    offeredLoad,
    trafficIntensity,
    utilisation: Math.min(trafficIntensity, 1),
    delayProbability: trafficIntensity < 1 ? delayProbability : 1,
    waitingTimeMean,
    sojournTimeMean: waitingTimeMean + serviceTimeMean,
    queueLengthMean: arrivalRate > 0 ? arrivalRate * waitingTimeMean : 0,
    numberInSystemMean: arrivalRate > 0 ? arrivalRate * (waitingTimeMean + serviceTimeMean) : 0,
  };
}

/** Said of models that have no steady state when the load fills the servers. */
export const growsWithoutEnd = 'From a ≥ c on the queue grows without end: times and lengths are ∞.';
