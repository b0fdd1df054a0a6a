import type { ServiceSeen, SteadyPods } from './contract.ts';
import { cpuUtilisationOf, milliOf, steadyUtilisation } from './metrics-reading.ts';
import type { CpuSample, ObservedDeployment, Reading } from './metrics-reading.ts';
import type { ReplicaTally } from './replica-tally.ts';
import { ReplicaPointer } from './scrape.ts';
import type { Scrape } from './scrape.ts';
import { ServiceWindow, nothingSeen } from './service-window.ts';

/** The scrapes an observation rests on. */
interface Reach {
  readonly latest: Scrape | undefined;
  /** of the replicas of `latest` */
  readonly tally: ReplicaTally;
  /** the newest one whose metrics have arrived, the one before it, and the one the window begins with */
  readonly newest: Scrape | undefined;
  readonly previous: Scrape | undefined;
  readonly first: Scrape | undefined;
  /** those after `first` up to `newest` */
  readonly window: readonly Scrape[];
}

/** Averages between two scrapes. Where the newer one is missing there is nothing. */
export class WindowReading implements Reading {
  constructor(
    private readonly reach: Reach,
    private readonly deployment: ObservedDeployment,
  ) {}

  service(): ServiceSeen {
    const { newest, first, window } = this.reach;
    if (newest === undefined) return nothingSeen;
    const cpuUtilisation = this.cpuUtilisation();
    if (newest.lost?.service === true) return { ...nothingSeen, cpuUtilisation };
    const latencies = window.map((scrape) => scrape.latencies);
    return new ServiceWindow(first, newest, latencies, cpuUtilisation);
  }

  cpu(): CpuSample {
    return new WindowCpu(this.reach);
  }

  cpuUtilisation(): number {
    const steady = this.steadyPods();
    const { cpuRequestMilli } = this.deployment;
    return steady === undefined
      ? cpuUtilisationOf(this.reach.latest, this.cpu(), cpuRequestMilli)
      : steadyUtilisation(steady, cpuRequestMilli);
  }

  /** Where the scrapes a sample takes show the very list of now, and no sample is missing. */
  steadyPods(): SteadyPods | undefined {
    const { tally, newest, previous, first } = this.reach;
    const { replicas, ready, lastStart, lastReady } = tally;
    if (ready === 0 || ready < replicas.length) return undefined;
    if (!shows(replicas, newest) || !shows(replicas, previous) || !shows(replicas, first)) return undefined;
    const sampleWindow = newest.time - first.time;
    if (!(sampleWindow > 0)) return undefined;
    return {
      lastStart,
      lastReady,
      sampleTime: newest.time,
      sampleWindow,
      cpuTime: newest.cpuTime,
      cpuTimeBefore: first.cpuTime,
    };
  }
}

function shows(replicas: Scrape['replicas'], scrape: Scrape | undefined): scrape is Scrape {
  return scrape !== undefined && scrape.replicas === replicas && scrape.lost === undefined;
}

class WindowCpu implements CpuSample {
  cpuMilli = NaN;
  window = NaN;
  readonly time: number;
  private readonly newest: ReplicaPointer;
  private readonly previous: ReplicaPointer;
  private readonly first: ReplicaPointer;

  constructor({ newest, previous, first }: Reach) {
    this.time = newest?.time ?? NaN;
    this.newest = new ReplicaPointer(newest);
    this.previous = new ReplicaPointer(previous);
    this.first = new ReplicaPointer(first);
  }

  take(id: number): void {
    const { newest, previous, first } = this;
    this.cpuMilli = this.window = NaN;
    if (!newest.find(id) || !previous.find(id)) return;
    // Where the window's own beginning is missing, the scrape before the newest has to do.
    const known = first.find(id) ? first : first.isMissing(id) ? previous : undefined;
    // Replicas that ran before t = 0 count their CPU time from there.
    const start = known === undefined ? Math.max(newest.startedAt, 0) : known.time;
    this.window = this.time - start;
    if (this.window > 0) this.cpuMilli = milliOf(newest.cpuTime, known?.cpuTime ?? 0, this.window);
  }
}
