import { createStore } from 'zustand/vanilla';
import { fetchRange, noReplyReason } from '../../sim-core/index.ts';
import type { Reply } from '../../sim-core/index.ts';
import type { Platform } from '../platform/contract.ts';
import { fieldOf, readForm, restoreForm, type PrometheusForm, type Problems } from './prometheus-form.ts';
import { readPrometheus, writePrometheus, type TextStorage } from './storage.ts';

export interface PrometheusState {
  readonly form: PrometheusForm;
  /** 0 … 1 of the range while it is fetched */
  readonly progress: number | null;
  readonly problems: Problems;
}

export interface PrometheusOptions {
  readonly platform: Pick<Platform, 'askPrometheus' | 'stopAsking'>;
  readonly storage: TextStorage;
  /** Unix time, ms */
  now(): number;
}

/** Recordings from a live Prometheus. Nothing is asked before `fetch`, and nobody but the address in the form. */
export function createPrometheus({ platform, storage, now }: PrometheusOptions) {
  const store = createStore<PrometheusState>(() => ({
    form: restoreForm(readPrometheus(storage)),
    progress: null,
    problems: {},
  }));
  let current: { cancelled: boolean } | null = null;

  function cancel(): void {
    if (!current) return;
    current.cancelled = true;
    current = null;
    platform.stopAsking();
    store.setState({ progress: null });
  }

  return {
    store,
    cancel,

    change(change: Partial<PrometheusForm>): void {
      store.setState(({ form }) => ({ form: { ...form, ...change }, problems: {} }));
    },

    /**
     * Fetches what the form says, and remembers the form.
     *
     * @param login sent as the header Authorization, kept nowhere
     * @returns what came, as a saved response would hold it; null when it was cancelled, or went wrong, which `problems` says
     */
    async fetch(login: string): Promise<string | null> {
      cancel();
      const { form } = store.getState();
      const { query, problems } = readForm(form, login, now() / 1000);
      store.setState({ problems });
      if (query === undefined) return null;
      writePrometheus(storage, form);
      const own = { cancelled: false };
      current = own;
      store.setState({ progress: 0 });
      const ask = async (address: string): Promise<Reply> => {
        if (own.cancelled) throw new Error('it was cancelled');
        const outcome = await platform.askPrometheus({ address, ...(login !== '' && { authorization: login }) });
        if (outcome.status === 'answered') return { status: outcome.httpStatus, body: outcome.body };
        throw new Error(noReplyReason(outcome));
      };
      const { document, issues } = await fetchRange(query, {
        ask,
        onProgress: (progress) => !own.cancelled && store.setState({ progress }),
        isCancelled: () => own.cancelled,
      });
      if (own.cancelled) return null;
      current = null;
      store.setState({
        progress: null,
        problems: Object.fromEntries(issues.map(({ path, message }) => [fieldOf(path), message])),
      });
      return document ?? null;
    },
  };
}
