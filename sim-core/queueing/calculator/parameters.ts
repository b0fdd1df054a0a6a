/** How a parameter is written and read. */
export type ParameterKind = 'rate' | 'duration' | 'number' | 'count' | 'share';

export interface Parameter {
  readonly title: string;
  readonly symbol: string;
  /** `arrival-rate`: its option on the command line */
  readonly option: string;
  readonly kind: ParameterKind;
  readonly help: string;
  readonly initial: number;
  /** both inclusive; SI */
  readonly least: number;
  readonly most: number;
}

/** Everything a model may ask for. Rates in 1/s, durations in s. */
export const calculatorParameters = {
  arrivalRate: {
    title: 'Arrival rate',
    symbol: 'λ',
    option: 'arrival-rate',
    kind: 'rate',
    help: 'arrivals, such as 150/s or 9000/min',
    initial: 150,
    least: 0,
    most: 1e12,
  },
  serviceTimeMean: {
    title: 'Service time',
    symbol: '1/μ',
    option: 'service-time',
    kind: 'duration',
    help: 'mean time one request holds a server, such as 80ms',
    initial: 0.08,
    least: 1e-9,
    most: 1e9,
  },
  serviceScv: {
    title: 'Service variability',
    symbol: 'cs²',
    option: 'service-scv',
    kind: 'number',
    help: 'squared coefficient of variation of the service time: 0 constant, 1 exponential',
    initial: 1,
    least: 0,
    most: 1000,
  },
  arrivalScv: {
    title: 'Arrival variability',
    symbol: 'ca²',
    option: 'arrival-scv',
    kind: 'number',
    help: 'squared coefficient of variation of the times between arrivals: 0 constant, 1 Poisson',
    initial: 1,
    least: 0,
    most: 1000,
  },
  servers: {
    title: 'Servers',
    symbol: 'c',
    option: 'servers',
    kind: 'count',
    help: 'servers: replicas times concurrency',
    initial: 16,
    least: 1,
    most: 10_000_000,
  },
  capacity: {
    title: 'Room',
    symbol: 'K',
    option: 'capacity',
    kind: 'count',
    help: 'most requests inside, in service or waiting; further ones are turned away',
    initial: 40,
    least: 1,
    most: 10_000_000,
  },
  patienceMean: {
    title: 'Patience',
    symbol: '1/θ',
    option: 'patience',
    kind: 'duration',
    help: 'mean time after which somebody who waits gives up',
    initial: 1,
    least: 1e-9,
    most: 1e9,
  },
  users: {
    title: 'Users',
    symbol: 'N',
    option: 'users',
    kind: 'count',
    help: 'users who ask, wait for the answer and think',
    initial: 300,
    least: 1,
    most: 1_000_000,
  },
  thinkTimeMean: {
    title: 'Think time',
    symbol: 'Z',
    option: 'think-time',
    kind: 'duration',
    help: 'mean time from an answer to the next request',
    initial: 2,
    least: 0,
    most: 1e9,
  },
  rateFactor: {
    title: 'All rates, times',
    symbol: 'f',
    option: 'rate-factor',
    kind: 'number',
    help: 'multiplies the arrival rates of all classes',
    initial: 1,
    least: 0,
    most: 1_000_000,
  },
  delayTarget: {
    title: 'Share that may wait',
    symbol: 'α',
    option: 'delay-target',
    kind: 'share',
    help: 'share of the requests that may have to wait, such as 20%',
    initial: 0.2,
    least: 1e-9,
    most: 0.999_999,
  },
  amplitude: {
    title: 'Amplitude',
    symbol: 'A',
    option: 'amplitude',
    kind: 'rate',
    help: 'how far the rate swings up and down around its mean',
    initial: 60,
    least: 0,
    most: 1e12,
  },
  period: {
    title: 'Period',
    symbol: 'T',
    option: 'period',
    kind: 'duration',
    help: 'time from one peak of the rate to the next',
    initial: 600,
    least: 1e-6,
    most: 1e9,
  },
} as const satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof calculatorParameters;
export const parameterNames = Object.keys(calculatorParameters) as ParameterName[];
