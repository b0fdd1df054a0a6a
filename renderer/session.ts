import { parseScenario, policyFilesOf, tracesOf } from '../sim-core/index.ts';
import { shippedScenarios, shippedTraces } from './features/library/shipped.ts';
import type { OpenedFile, Platform } from './platform/contract.ts';
import type { SimulationClient } from './sim/client.ts';
import { parseDeepLink, printDeepLink } from './stores/deep-link.ts';
import { createDocuments, isDirty } from './stores/documents.ts';
import { createMaps } from './stores/maps.ts';
import { createMessages } from './stores/messages.ts';
import { createPrometheus } from './stores/prometheus.ts';
import { createReality } from './stores/reality.ts';
import { createRuns } from './stores/runs.ts';
import { parsedText } from './stores/parsed-text.ts';
import { comparisonKey } from './stores/result-cache.ts';
import {
  readPreferences,
  readWorkspace,
  writePreferences,
  writeWorkspace,
  type TextStorage,
} from './stores/storage.ts';
import { createTraceLibrary, type ByteStore } from './stores/trace-library.ts';
import { createView } from './stores/view.ts';
import { setInYaml } from './stores/yaml-edit.ts';

export const scenarioKind = { label: 'Scenario', extensions: ['yaml', 'yml', 'json'] } as const;

const autoRunDelay = 250;
const autosaveDelay = 400;
const addressDelay = 200;
const defaultScenario = 'flash-crowd';

export interface SessionOptions {
  readonly client: SimulationClient;
  /** for previews by the fluid engine */
  readonly previewClient: SimulationClient;
  /** for maps and reality checks, which must not end the run under way */
  readonly mapClient: SimulationClient;
  readonly platform: Platform;
  readonly storage: TextStorage;
  readonly bytes: ByteStore;
  now(): number;
  /** The address part after `#`. */
  readonly hash: string;
  writeHash(hash: string): void;
}

export type Session = ReturnType<typeof createSession>;

/** Everything the window works with: the stores, and what involves more than one of them. */
export function createSession(options: SessionOptions) {
  const { platform, storage } = options;
  const messages = createMessages(options.now);
  const documents = createDocuments({ parse: parsedText, now: options.now });
  const view = createView(readPreferences(storage));
  const traces = createTraceLibrary({ shipped: shippedTraces, bytes: options.bytes });
  const notice = (text: string): void => messages.say('info', text);
  const traceFiles = async (text: string) => {
    const { scenario } = parseScenario(text);
    return traces.collect(scenario ? [...tracesOf(scenario).map(({ file }) => file), ...policyFilesOf(scenario)] : []);
  };
  const runs = createRuns({
    client: options.client,
    previewClient: options.previewClient,
    now: options.now,
    notice,
    traceFiles,
  });
  const maps = createMaps({ client: options.mapClient, traceFiles, now: options.now, notice });
  const prometheus = createPrometheus({ platform, storage, now: options.now });
  const reality = createReality({ client: options.mapClient, notice });

  let autoRun: ReturnType<typeof setTimeout> | undefined;
  let autosave: ReturnType<typeof setTimeout> | undefined;
  let addressDue: ReturnType<typeof setTimeout> | undefined;
  let nextFileId = 1;
  /** What the run under way was asked; see comparisonKey. */
  let requestedKey = '';
  let restoring = true;

  function run(): void {
    clearTimeout(autoRun);
    const document = documents.active();
    const { scenario } = documents.store.getState().parsed;
    if (!document || !scenario) return;
    requestedKey = comparisonKey(scenario, '');
    void runs.start({ documentId: document.id, fileName: document.fileName, text: document.text });
  }

  /** Sets the result on screen against its recording. */
  function checkReality(): void {
    const { shown } = runs.store.getState();
    if (!shown) return;
    // Both use the same workers.
    maps.cancel();
    void reality.start(shown.text, shown.loaded);
  }

  /** Whether the numbers on screen answer what the text asks now. */
  function isStale(): boolean {
    const { parsed, activeId } = documents.store.getState();
    const { shown } = runs.store.getState();
    if (!shown || shown.documentId !== activeId) return false;
    if (!parsed.scenario) return true;
    return comparisonKey(parsed.scenario, shown.traceIdentity) !== shown.key;
  }

  /** Whether what is shown is the exact answer to the text, or as much of it as there is time for. */
  function isAnswered(): boolean {
    const { shown } = runs.store.getState();
    return shown !== null && !shown.approximate && !isStale();
  }

  function openDocument(opened: Parameters<typeof documents.open>[0]): void {
    clearTimeout(autoRun);
    runs.cancel();
    view.forgetScenario();
    documents.open(opened);
    const { activeId, parsed } = documents.store.getState();
    const found = runs.showNewestOf(activeId);
    if (parsed.scenario && (!found || !isAnswered())) run();
  }

  function openShipped(id: string): boolean {
    const shipped = shippedScenarios.find((scenario) => scenario.id === id);
    if (!shipped) return false;
    openDocument({ id: `shipped:${shipped.id}`, fileName: shipped.fileName, origin: 'shipped', text: shipped.text });
    return true;
  }

  /** Shows a finished run again, with the document it answered; the document's text stays as it is. */
  function showRun(historyId: number): void {
    const run = runs.store.getState().history.find((finished) => finished.historyId === historyId);
    if (!run) return;
    const { documents: all, activeId } = documents.store.getState();
    const document = all.find(({ id }) => id === run.documentId);
    if (document && document.id !== activeId) {
      runs.cancel();
      view.forgetScenario();
      documents.open(document);
    }
    runs.showAgain(historyId);
    if (run.text !== documents.active()?.text) {
      messages.say('info', 'This run answered an earlier text of the scenario.', {
        label: 'Bring that text back',
        run: () => documents.edit(run.text),
      });
    }
  }

  function uniqueId(): string {
    const taken = new Set(documents.store.getState().documents.map(({ id }) => id));
    while (taken.has(`file:${nextFileId}`)) nextFileId += 1;
    return `file:${nextFileId}`;
  }

  function openFile(file: Pick<OpenedFile, 'name' | 'handle'>, text: string): void {
    openDocument({
      id: uniqueId(),
      fileName: file.name,
      origin: 'file',
      text,
      ...(file.handle === undefined ? {} : { handle: file.handle }),
    });
  }

  /** A scenario to start from: the first example under a name of its own, unsaved. */
  function openNew(): void {
    const example = shippedScenarios.find(({ id }) => id === defaultScenario) ?? shippedScenarios[0];
    if (!example) return;
    const text = setInYaml(example.text, ['name'], 'New scenario');
    openDocument({ id: uniqueId(), fileName: 'scenario.yaml', origin: 'new', text, savedText: '' });
  }

  /** Follows an address that was changed by hand. */
  function follow(hash: string): void {
    const link = parseDeepLink(hash);
    const { activeId } = documents.store.getState();
    if (link.scenario !== null && `shipped:${link.scenario}` !== activeId && !openShipped(link.scenario)) {
      messages.say('info', `There is no scenario “${link.scenario}” here.`);
    }
    view.setWindow(link.window);
    if (link.tab) view.setTab(link.tab);
    view.setPolicy(link.policy);
    view.setBeside(link.beside);
    if (link.lanes) view.prefer({ lanes: link.lanes });
  }

  async function save(as: boolean): Promise<void> {
    const document = documents.active();
    if (!document) return;
    const outcome = await platform.saveFile({
      suggestedName: document.fileName,
      kinds: [scenarioKind],
      content: document.text,
      ...(as || document.handle === undefined ? {} : { handle: document.handle }),
    });
    if (outcome.status === 'failed') messages.say('error', `${document.fileName} was not saved: ${outcome.message}`);
    if (outcome.status !== 'saved') return;
    documents.markSaved({
      text: document.text,
      fileName: outcome.name,
      ...(outcome.handle === undefined ? {} : { handle: outcome.handle }),
    });
    messages.say(
      'done',
      platform.kind === 'browser' ? `${outcome.name} is in your downloads.` : `${outcome.name} is saved.`,
    );
  }

  function saveWorkspace(): void {
    const { documents: all, activeId } = documents.store.getState();
    const kept = all
      .filter((document) => document.origin !== 'shipped' || isDirty(document))
      .map(({ id, fileName, origin, text, savedText }) => ({ id, fileName, origin, text, savedText }));
    if (!writeWorkspace(storage, { activeId, documents: kept })) {
      messages.say(
        'error',
        'The workspace could not be kept for next time: the browser’s storage is full or switched off. Save your scenario to a file.',
      );
    }
  }

  /** The address follows the view when it rests: browsers take long over each change of it, too long for every frame of a pan. */
  function writeLink(): void {
    clearTimeout(addressDue);
    addressDue = setTimeout(writeLinkNow, addressDelay);
  }

  function writeLinkNow(): void {
    clearTimeout(addressDue);
    const { activeId } = documents.store.getState();
    const { window, tab, policy, beside } = view.store.getState();
    options.writeHash(
      printDeepLink({
        scenario: activeId.startsWith('shipped:') ? activeId.slice('shipped:'.length) : null,
        window,
        tab,
        policy,
        beside,
        lanes: view.preferences.getState().lanes,
      }),
    );
  }

  documents.store.subscribe((state, before) => {
    if (state.documents === before.documents && state.activeId === before.activeId) return;
    const document = documents.active();
    if (document) platform.setDocument({ name: document.fileName, dirty: isDirty(document) });
    if (restoring) return;
    clearTimeout(autosave);
    autosave = setTimeout(saveWorkspace, autosaveDelay);
    if (state.activeId !== before.activeId) writeLink();
    else if (state.parsed !== before.parsed) {
      // A text that is wrong for the moment leaves the run under way alone, as does one that changes no number.
      clearTimeout(autoRun);
      const { activity } = runs.store.getState();
      const { scenario } = state.parsed;
      if (!document || !scenario) return;
      const input = { documentId: document.id, fileName: document.fileName, text: document.text };
      if (activity && comparisonKey(scenario, '') === requestedKey) return;
      if (!activity && isAnswered()) {
        // Back at the text that is answered: a preview of one in between would stand over the answer.
        runs.cancel();
        return;
      }
      runs.preview(input);
      // What is run on the fluid engine anyway needs no preview.
      autoRun = setTimeout(run, scenario.engine === 'fluid' ? 0 : autoRunDelay);
    }
  });
  view.store.subscribe((state, before) => {
    if (restoring) return;
    const linked = ['window', 'tab', 'policy', 'beside'] as const;
    if (linked.some((key) => state[key] !== before[key])) writeLink();
  });
  view.preferences.subscribe((preferences, before) => {
    // At once: lanes move one by one, and a page that is loaded anew a moment later follows the address.
    if (preferences.lanes !== before.lanes && !restoring) writeLinkNow();
    writePreferences(storage, preferences);
    platform.setTheme(preferences.theme);
  });

  /** Brings back the last workspace, follows the address, and runs what it finds. */
  async function restore(): Promise<void> {
    platform.setTheme(view.preferences.getState().theme);
    await traces
      .restore()
      .catch(() =>
        messages.say('info', 'Traces of earlier sessions could not be read; drop them again if a scenario needs one.'),
      );
    const link = parseDeepLink(options.hash);
    const workspace = readWorkspace(storage);
    for (const saved of workspace?.documents ?? []) {
      const shipped = shippedScenarios.find(({ id }) => `shipped:${id}` === saved.id);
      if (saved.origin === 'shipped' && !shipped) documents.open({ ...saved, origin: 'file' });
      else documents.open({ ...saved, savedText: shipped?.text ?? saved.savedText });
    }
    const wanted =
      link.scenario ??
      (workspace?.activeId.startsWith('shipped:') ? workspace.activeId.slice('shipped:'.length) : null);
    const existing =
      link.scenario === null && documents.store.getState().documents.find(({ id }) => id === workspace?.activeId);
    if (existing) openDocument(existing);
    else if (wanted === null || !openShipped(wanted)) {
      if (link.scenario !== null)
        messages.say('info', `There is no scenario “${link.scenario}” here; this is the first example.`);
      if (!openShipped(defaultScenario) && shippedScenarios[0]) openShipped(shippedScenarios[0].id);
    }
    if (link.window) view.setWindow(link.window);
    if (link.tab) view.setTab(link.tab);
    if (link.policy !== null) view.setPolicy(link.policy);
    if (link.beside !== null) view.setBeside(link.beside);
    if (link.lanes) view.prefer({ lanes: link.lanes });
    restoring = false;
  }

  return {
    platform,
    messages,
    documents,
    view,
    traces,
    runs,
    maps,
    prometheus,
    reality,
    checkReality,
    client: options.client,
    run,
    isStale,
    openShipped,
    openDocument,
    openFile,
    openNew,
    follow,
    showRun,
    save,
    saveWorkspace,
    restore,
  };
}
