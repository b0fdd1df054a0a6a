import { createExperiment, fluidPreviewOf } from '../../sim-core/index.ts';
import type { Comparison, LoadedScenario } from '../../sim-core/index.ts';
import type { SimulationClient } from '../sim/client.ts';
import { parsedText } from './parsed-text.ts';
import { comparisonKey, createResultCache, jobKey, sharedKey } from './result-cache.ts';
import type { RunInput, TraceFiles } from './runs.ts';
import { warmUp } from './warm-up.ts';

/** What the fluid engine says of a scenario. */
export interface Preview {
  readonly input: RunInput;
  /** as it was read */
  readonly loaded: LoadedScenario;
  readonly comparison: Comparison;
  readonly traceIdentity: string;
  /** of the text: see comparisonKey */
  readonly key: string;
}

export interface PreviewOptions {
  /** one worker of its own: it must not wait for exact runs */
  readonly client: SimulationClient;
  traceFiles(text: string): Promise<TraceFiles>;
  /** ms */
  now(): number;
  onPreview(preview: Preview): void;
  /** Nothing is under way any more. */
  onIdle(): void;
}

export interface Previewer {
  /** Previews this text; of texts asked for while another is under way only the newest is. */
  request(input: RunInput): void;
  /** Whether this very text is under way or waits for it. */
  covers(input: RunInput): boolean;
  /** Makes the first preview as fast as those after it, while there is nothing else to do. */
  warmUp(): void;
  stop(): void;
}

/** A preview that has taken this long gives way to a newer text; a shorter one is finished, so that a drag shows something. */
const patience = 200;

/**
 * Quick looks by the fluid engine, one after the other on a worker of their own. What is shown is never older than what
 * was shown before; a preview in which something fails is no preview, the exact run has the words for it.
 */
export function createPreviewer(options: PreviewOptions): Previewer {
  const { client } = options;
  const cache = createResultCache(100);
  let waiting: RunInput | null = null;
  let underWay: { readonly input: RunInput; readonly since: number; isCancelled: boolean; cancel(): void } | null =
    null;
  let nextKey = 1;
  /** `wanted` until it has been carried through; a preview interrupts it */
  let warming: 'not asked' | 'wanted' | 'done' | { isCancelled: boolean; cancel(): void } = 'not asked';

  async function warm(): Promise<void> {
    if (warming !== 'wanted' || underWay || waiting) return;
    const own = { isCancelled: false, cancel: () => {} };
    warming = own;
    // What fails here is no matter: the first preview is slow then.
    await warmUp(client, (task) => {
      own.cancel = () => task.cancel();
      if (own.isCancelled) task.cancel();
    }).catch(() => {});
    warming = own.isCancelled ? 'wanted' : 'done';
    void warm();
  }

  const interruptWarming = (): void => {
    if (typeof warming === 'string') return;
    warming.isCancelled = true;
    warming.cancel();
  };

  async function look(input: RunInput, own: { isCancelled: boolean; cancel(): void }): Promise<Preview | null> {
    const traces = await options.traceFiles(input.text);
    if (own.isCancelled) return null;
    const { loaded } = await client.load(input.text, traces.files, input.fileName);
    if (own.isCancelled || !loaded || loaded.scenario.engine === 'fluid') return null;
    const fluid = fluidPreviewOf(loaded);
    if (!fluid) return null;
    const experiment = createExperiment(fluid);
    const shared = sharedKey(fluid.scenario, traces.identity);
    const jobs = experiment.nextRound().map((job) => ({ ...job, decisionLog: false }));
    const missing = jobs.filter((job) => {
      const result = cache.get(jobKey(shared, fluid.scenario, job));
      if (result) experiment.add(result);
      return !result;
    });
    const task = client.run({
      key: `preview ${nextKey++}`,
      loaded: fluid,
      jobs: missing,
      onResult(result) {
        experiment.add(result);
        const job = missing.find(({ policy }) => policy === result.policy);
        if (job) cache.put(jobKey(shared, fluid.scenario, job), result);
      },
      onProgress: () => {},
      onNotice: () => {},
    });
    own.cancel = () => task.cancel();
    const { status } = await task.ended;
    if (status !== 'done' || own.isCancelled) return null;
    const key = comparisonKey(parsedText(input.text).scenario ?? loaded.scenario, traces.identity);
    return { input, loaded, comparison: experiment.snapshot(), traceIdentity: traces.identity, key };
  }

  async function work(): Promise<void> {
    for (let input = waiting; input !== null; input = waiting) {
      waiting = null;
      const own = { input, since: options.now(), isCancelled: false, cancel: () => {} };
      underWay = own;
      const preview = await look(input, own).catch(() => null);
      if (preview && !own.isCancelled) options.onPreview(preview);
    }
    underWay = null;
    options.onIdle();
    void warm();
  }

  const giveUp = (): void => {
    if (!underWay) return;
    underWay.isCancelled = true;
    underWay.cancel();
  };

  const same = (a: RunInput | null | undefined, b: RunInput): boolean =>
    a?.text === b.text && a.documentId === b.documentId;

  return {
    request(input) {
      waiting = input;
      interruptWarming();
      if (!underWay) void work();
      else if (underWay.input.documentId !== input.documentId || options.now() - underWay.since > patience) giveUp();
    },
    covers: (input) =>
      same(waiting, input) || (waiting === null && !underWay?.isCancelled && same(underWay?.input, input)),
    warmUp() {
      if (warming === 'not asked') warming = 'wanted';
      void warm();
    },
    stop() {
      waiting = null;
      giveUp();
    },
  };
}
