import { createStore } from 'zustand/vanilla';
import { createExperiment, planJobs } from '../../sim-core/index.ts';
import type { Comparison, Issue, LoadedScenario, RunResult, Scenario, TraceReport } from '../../sim-core/index.ts';
import type { RunEnd, SimulationClient } from '../sim/client.ts';
import { createPreviewer, type Preview } from './preview.ts';
import { previewAccuracy, type PreviewAccuracy } from './preview-accuracy.ts';
import { parsedText } from './parsed-text.ts';
import type { TraceBlob } from '../worker/contract.ts';
import { comparisonKey, createResultCache, jobKey, sharedKey } from './result-cache.ts';

/** What is drawn: a comparison, finished or still growing, with the scenario it answers. */
export interface ShownResult {
  readonly documentId: string;
  readonly fileName: string;
  /** Names the run in the history; null while it is under way. */
  readonly historyId: number | null;
  readonly text: string;
  readonly scenario: Scenario;
  readonly loaded: LoadedScenario;
  readonly reports: readonly TraceReport[];
  /** Warnings that came with reading the scenario: what was chosen for it, what looks odd. */
  readonly issues: readonly Issue[];
  readonly comparison: Comparison;
  /** Replications finished ÷ planned, both over all policies. */
  readonly done: number;
  readonly total: number;
  /** False while replications are missing: the intervals are wider than they will be. */
  readonly complete: boolean;
  /** A preview by the fluid engine: the exact run replaces it. */
  readonly approximate: boolean;
  readonly traceIdentity: string;
  /** Equal keys mean equal numbers; see comparisonKey. */
  readonly key: string;
}

export interface FinishedRun extends ShownResult {
  readonly historyId: number;
  /** Unix time, ms */
  readonly finishedAt: number;
  readonly elapsedMilliseconds: number;
}

export interface RunActivity {
  readonly phase: 'loading' | 'running';
  readonly documentId: string;
  readonly fraction: number;
  readonly done: number;
  readonly total: number;
  readonly replications: number;
  /** Since it was asked for, as of the last sign of progress. */
  readonly elapsedMilliseconds: number;
}

export interface RunsState {
  readonly activity: RunActivity | null;
  readonly shown: ShownResult | null;
  /** Why the last run gave nothing; null when it did not fail. */
  readonly failure: { readonly documentId: string; readonly message: string; readonly issues: readonly Issue[] } | null;
  /** The run was stopped by hand: what is shown is what was finished by then. */
  readonly cancelled: boolean;
  /** A preview of a newer text is on its way: what is shown will not stay. */
  readonly previewing: boolean;
  /** How far the last preview that an exact run followed was from it. */
  readonly accuracy: PreviewAccuracy | null;
  /** Newest first. */
  readonly history: readonly FinishedRun[];
}

export interface RunInput {
  readonly documentId: string;
  readonly fileName: string;
  readonly text: string;
}

/** Trace files by the name the scenario uses, and what identifies their content. */
export interface TraceFiles {
  readonly files: ReadonlyMap<string, TraceBlob>;
  readonly identity: string;
}

export interface RunsOptions {
  readonly client: SimulationClient;
  /** A worker of its own for previews, which must not wait for exact runs. */
  readonly previewClient: SimulationClient;
  traceFiles(text: string): Promise<TraceFiles>;
  /** Unix time, ms */
  now(): number;
  notice(message: string): void;
  readonly cachedResults?: number;
}

/** A growing comparison is redrawn at most this often, ms. */
const redrawInterval = 300;
const historyLength = 12;

/** Runs: one at a time, a new one replaces the one under way. */
export function createRuns(options: RunsOptions) {
  const { client } = options;
  const store = createStore<RunsState>(() => ({
    activity: null,
    shown: null,
    failure: null,
    cancelled: false,
    previewing: false,
    accuracy: null,
    history: [],
  }));
  const cache = createResultCache(options.cachedResults ?? 400);
  let nextHistoryId = 1;
  let nextPreparedKey = 1;
  /** Identifies the run under way; whatever arrives for another one is too late. */
  let current: { cancel(): void } | null = null;
  /** Counts what was asked for: what a run that was stopped still has to say must not stand over a newer answer. */
  let asked = 0;

  function cancelCurrent(): void {
    current?.cancel();
    current = null;
  }

  /** The newest preview, to be measured by the exact run of the same question. */
  let previewed: Preview | null = null;
  const previewer = createPreviewer({
    client: options.previewClient,
    traceFiles: options.traceFiles,
    now: options.now,
    onIdle: () => store.setState({ previewing: false }),
    onPreview(preview) {
      previewed = preview;
      const { shown } = store.getState();
      const answered = shown !== null && !shown.approximate && shown.key === preview.key;
      if (answered) measure(shown);
      // Nor where the exact answer is at hand and will be drawn in a moment.
      if (!answered && !isKnown(preview)) store.setState({ shown: shownPreview(preview), failure: null });
    },
  });

  const isKnown = ({ loaded: { scenario }, traceIdentity }: Preview): boolean => {
    const shared = sharedKey(scenario, traceIdentity);
    return planJobs(scenario, { replications: 1 }).every((job) => cache.get(jobKey(shared, scenario, job)));
  };

  /** The difference between a preview and the exact run is known once both are there. */
  function measure({ key, documentId, complete, comparison }: ShownResult): void {
    if (!complete || previewed?.key !== key) return;
    const accuracy = previewAccuracy(documentId, previewed.comparison, comparison);
    if (accuracy) store.setState({ accuracy });
  }

  function requestPreview(input: RunInput): void {
    if (previewer.covers(input)) return;
    store.setState({ previewing: true });
    previewer.request(input);
  }

  async function start(input: RunInput): Promise<RunEnd> {
    cancelCurrent();
    const ownAsked = ++asked;
    const { shown: before } = store.getState();
    if (before?.documentId !== input.documentId || before.text !== input.text) requestPreview(input);
    let task: { cancel(): void } | null = null;
    let isCancelled = false;
    const own = {
      cancel() {
        isCancelled = true;
        task?.cancel();
      },
    };
    current = own;
    const startedAt = options.now();
    const fail = (message: string, issues: readonly Issue[] = []): RunEnd => {
      if (current === own) {
        current = null;
        store.setState({ activity: null, failure: { documentId: input.documentId, message, issues } });
      }
      return { status: 'failed', message };
    };

    store.setState({
      activity: {
        phase: 'loading',
        documentId: input.documentId,
        fraction: 0,
        done: 0,
        total: 0,
        replications: 0,
        elapsedMilliseconds: 0,
      },
      failure: null,
      cancelled: false,
    });

    try {
      const traces = await options.traceFiles(input.text);
      if (isCancelled) return { status: 'cancelled' };
      const { loaded, issues } = await client.load(input.text, traces.files, input.fileName);
      if (isCancelled) return { status: 'cancelled' };
      if (!loaded) return fail('The scenario cannot run yet: mend what is marked in it.', issues);

      const { scenario } = loaded;
      // With `engine: auto` what was loaded is not what was asked.
      const question = parsedText(input.text).scenario ?? scenario;
      const experiment = createExperiment(loaded);
      const shared = sharedKey(scenario, traces.identity);
      const first = new Set(scenario.policies.map(({ name }) => name));
      let done = 0;
      /** Pilot runs do not count; later rounds add theirs. */
      let total = planJobs(scenario).length;
      let drawnAt = 0;

      /** What is shown came from this run. */
      let showsOwn = false;
      const show = (complete: boolean): ShownResult => {
        showsOwn = true;
        const shown: ShownResult = {
          documentId: input.documentId,
          fileName: input.fileName,
          historyId: null,
          text: input.text,
          scenario,
          loaded,
          reports: loaded.reports,
          issues,
          comparison: experiment.snapshot(),
          done,
          total,
          complete,
          approximate: false,
          traceIdentity: traces.identity,
          key: comparisonKey(question, traces.identity),
        };
        return shown;
      };
      /**
       * Every policy has its first replication: from here on there is something to compare. With nothing on screen one
       * policy is better than none.
       */
      const presentable = (): boolean =>
        first.size === 0 || (done > 0 && (store.getState().shown === null || showsOwn));
      const take = (result: RunResult): void => {
        experiment.add(result);
        if (experiment.piloting) return;
        done += 1;
        if (result.replication === 0) first.delete(result.policy);
      };
      const tell = (fraction: number, finished: number): void =>
        store.setState({
          activity: {
            phase: 'running',
            documentId: input.documentId,
            fraction,
            done: finished,
            total,
            replications: total / scenario.policies.length,
            elapsedMilliseconds: options.now() - startedAt,
          },
        });

      const preparedKey = `${nextPreparedKey++}`;
      for (let planned = 0; ;) {
        const jobs = experiment.nextRound();
        if (jobs.length === 0) break;
        if (!experiment.piloting) {
          planned += jobs.length;
          total = planned;
        }
        const keys = new Map(jobs.map((job) => [job, jobKey(shared, scenario, job)] as const));
        const missing = jobs.filter((job) => {
          const result = cache.get(keys.get(job) ?? '');
          if (result) take(result);
          return !result;
        });
        const ready = done;
        tell(done / total, done);
        if (missing.length > 0 && presentable()) {
          drawnAt = options.now();
          store.setState({ shown: show(false) });
        }

        const running = client.run({
          key: preparedKey,
          loaded,
          jobs: missing,
          onResult(result) {
            if (isCancelled) return;
            const job = missing.find(
              ({ policy, replication }) => policy === result.policy && replication === result.replication,
            );
            const key = job && keys.get(job);
            if (key !== undefined) cache.put(key, result);
            const wasPresentable = presentable();
            take(result);
            if (done === total || !presentable()) return;
            const now = options.now();
            if (wasPresentable && now - drawnAt < redrawInterval) return;
            drawnAt = now;
            store.setState({ shown: show(false) });
          },
          onProgress(progress) {
            if (isCancelled || experiment.piloting) return;
            tell((ready + progress.fraction * progress.total) / total, ready + progress.done);
          },
          onNotice: options.notice,
        });
        task = running;
        const end = await running.ended;

        if (end.status === 'failed') {
          if (current === own && done > 0 && presentable()) store.setState({ shown: show(false) });
          return fail(end.message);
        }
        if (end.status === 'cancelled' || isCancelled) {
          // Superseded by another run or a preview: that one speaks now.
          if (asked === ownAsked)
            store.setState({
              activity: null,
              cancelled: true,
              ...(done > 0 && presentable() ? { shown: show(false) } : {}),
            });
          return { status: 'cancelled' };
        }
      }
      const finished: FinishedRun = {
        ...show(true),
        historyId: nextHistoryId++,
        finishedAt: options.now(),
        elapsedMilliseconds: options.now() - startedAt,
      };
      current = null;
      measure(finished);
      store.setState(({ history }) => ({
        activity: null,
        shown: finished,
        // The same question asked again replaces its earlier answer.
        history: [
          finished,
          ...history.filter(({ key, documentId }) => key !== finished.key || documentId !== finished.documentId),
        ].slice(0, historyLength),
      }));
      return { status: 'done' };
    } catch (error) {
      return fail(error instanceof Error ? error.message : String(error));
    }
  }

  return {
    store,
    start,

    /**
     * The text has changed: a preview of it is drawn as soon as it is there, and the run under way, which answers an earlier
     * one, is stopped.
     */
    preview(input: RunInput): void {
      asked += 1;
      if (current) {
        cancelCurrent();
        store.setState({ activity: null });
      }
      requestPreview(input);
    },

    /** Once, when the workbench has opened: see Previewer. */
    warmUp: () => previewer.warmUp(),

    /** Stops the run under way; what was finished stays. */
    cancel(): void {
      previewer.stop();
      if (!current) return;
      cancelCurrent();
      store.setState({ activity: null, cancelled: true });
    },

    /** Shows a finished run again. */
    showAgain(historyId: number): FinishedRun | undefined {
      asked += 1;
      const run = store.getState().history.find((finished) => finished.historyId === historyId);
      if (run) store.setState({ shown: run, failure: null, cancelled: false });
      return run;
    },

    /** The newest finished run of a document, shown in place of another document's. */
    showNewestOf(documentId: string): boolean {
      asked += 1;
      const run = store.getState().history.find((finished) => finished.documentId === documentId);
      store.setState({ shown: run ?? null, failure: null, cancelled: false });
      return run !== undefined;
    },
  };
}

/**
 * The relative half-width of the p95 latency, the widest over the policies: how sure the result is by now.
 * NaN before there are two replications.
 */
export function widestRelativeHalfWidth(comparison: Comparison): number {
  let widest = NaN;
  for (const { summary } of comparison.policies) {
    const { mean, halfWidth } = summary.latencyP95;
    const relative = halfWidth / mean;
    if (Number.isFinite(relative) && !(relative <= widest)) widest = relative;
  }
  return widest;
}

/** What is left of a run, ms, judged by its pace so far; NaN when that is too early to say. */
export function remainingMilliseconds({ fraction, elapsedMilliseconds }: RunActivity): number {
  return elapsedMilliseconds < 3000 || fraction < 0.02 ? NaN : (elapsedMilliseconds * (1 - fraction)) / fraction;
}

function shownPreview({ input, loaded, comparison, traceIdentity, key }: Preview): ShownResult {
  return {
    documentId: input.documentId,
    fileName: input.fileName,
    historyId: null,
    text: input.text,
    scenario: loaded.scenario,
    loaded,
    reports: loaded.reports,
    issues: [],
    comparison,
    done: 0,
    total: planJobs(loaded.scenario).length,
    complete: false,
    approximate: true,
    traceIdentity,
    key,
  };
}
