import {
  chartSvg,
  comparisonCsv,
  comparisonJson,
  createCapacityPlan,
  decisionCsv,
  lanesOf,
  manifestFormats,
  nativeFormat,
  noteOf,
  policyInText,
  realityStatusOf,
  resultCsv,
  assignColours,
  withRealityComment,
  writeManifest,
} from '../../../sim-core/index.ts';
import type { FileKind } from '../../platform/contract.ts';
import type { Session } from '../../session.ts';
import type { ShownResult } from '../../stores/runs.ts';
import { watchedPolicy } from '../decisions/step.ts';
import { arrangedLanes } from '../timeline/arranged-lanes.ts';
import { fileKinds, fileStem, saveFile } from './save-file.ts';
import { svgToPng } from './svg-to-png.ts';

/** One thing that can be taken out of the workbench. */
export interface ExportItem {
  readonly id: string;
  readonly title: string;
  /** Below the title in the menu. */
  readonly note: string;
  readonly available: boolean;
  run(): void;
}

const pictureWidth = 1200;
const pictureHeight = 720;

/** The lanes as they are looked at: window, hidden policies, theme. */
function pictureOf(session: Session, shown: ShownResult): string {
  const { hidden, window, policy } = session.view.store.getState();
  const { theme, timeMode, lanes } = session.view.preferences.getState();
  const { scenario, comparison } = shown;
  const dark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
  return chartSvg({
    lanes: arrangedLanes(
      lanesOf(comparison, {
        colours: assignColours(
          comparison.policies.map((result) => result.policy),
          comparison.baseline,
        ),
        hiddenPolicies: hidden,
        focus: policy,
        slo: scenario.slo,
        cost: scenario.cost,
      }),
      lanes,
    ),
    window: window ?? [0, scenario.horizon],
    startEpoch: scenario.start,
    width: pictureWidth,
    height: pictureHeight,
    theme: dark ? 'dark' : 'light',
    timeMode,
    title: scenario.name,
    ...noteOf(comparison.reality),
  });
}

/** What can be exported now. */
export function exportItems(session: Session): ExportItem[] {
  const document = session.documents.active();
  const { shown } = session.runs.store.getState();
  const available = shown !== null;
  const watched = watchedPolicy(session);
  const { scenario: current, text: currentText = '' } = session.documents.store.getState().lastValid ?? {};
  const selected = session.view.store.getState().policy ?? watched;
  const policy = current?.policies.find(({ name }) => name === selected);
  const written = policy === undefined ? undefined : policyInText(currentText, policy.name);
  const native = written === undefined ? undefined : nativeFormat(written);
  const extension = native === undefined ? 'yaml' : manifestFormats[native].extension;
  const stem = fileStem(shown?.scenario.name ?? document?.fileName ?? '');

  const partly = shown?.complete === false ? 'It holds the replications finished so far.' : '';
  /** Makes the content and saves it; whatever goes wrong on the way is said. */
  const item = (
    id: string,
    title: string,
    note: string,
    possible: boolean,
    name: string,
    kind: FileKind,
    content: () => string | Uint8Array | Promise<Uint8Array>,
  ): ExportItem => ({
    id,
    title,
    note,
    available: possible,
    run() {
      Promise.resolve()
        .then(content)
        .then((made) => saveFile(session, name, kind, made, partly))
        .catch((error: unknown) =>
          session.messages.say(
            'error',
            `${title} could not be made: ${error instanceof Error ? error.message : String(error)}`,
          ),
        );
    },
  });
  const result = (): ShownResult => {
    if (!shown) throw new Error('nothing has run yet');
    return shown;
  };

  return [
    item(
      'scenario',
      'Scenario',
      'YAML, as edited',
      Boolean(document),
      document?.fileName ?? 'scenario.yaml',
      fileKinds.yaml,
      () => document?.text ?? '',
    ),
    item(
      'comparison-csv',
      'Comparison',
      'CSV, with differences',
      available,
      `${stem}-comparison.csv`,
      fileKinds.csv,
      () => comparisonCsv(result().comparison, { differences: true }),
    ),
    item(
      'comparison-json',
      'Comparison',
      'JSON, headroom/comparison/v1',
      available,
      `${stem}-comparison.json`,
      fileKinds.json,
      () => `${JSON.stringify(comparisonJson(result().comparison), null, 2)}\n`,
    ),
    item(
      'result-csv',
      'Results over time',
      'CSV, every policy',
      available,
      `${stem}-results.csv`,
      fileKinds.csv,
      () => {
        const { comparison, scenario } = result();
        return resultCsv(
          comparison.policies.map(({ example }) => example),
          scenario.start,
          comparison.reality,
        );
      },
    ),
    item(
      'decisions-csv',
      'Decision log',
      'CSV, every evaluation',
      available,
      `${stem}-decisions.csv`,
      fileKinds.csv,
      () => {
        const { comparison, scenario } = result();
        return decisionCsv(
          comparison.policies.map(({ example }) => example),
          scenario.start,
          comparison.reality,
        );
      },
    ),
    item(
      'plan-json',
      'Capacity plan',
      `JSON, ${watched ?? 'of a policy'}`,
      available,
      `${stem}-plan.json`,
      fileKinds.json,
      () => {
        const { comparison, scenario } = result();
        const policyResult = comparison.policies.find((candidate) => candidate.policy === watched);
        const baselineResult = comparison.policies.find((candidate) => candidate.policy === comparison.baseline);
        if (!policyResult || !baselineResult) throw new Error('the baseline has no result yet');
        const createdAt = new Date().toISOString();
        return `${JSON.stringify(createCapacityPlan({ scenario, policyResult, baselineResult, createdAt }), null, 2)}\n`;
      },
    ),
    item(
      'manifest',
      'Manifest',
      native === undefined ? 'select a policy of a platform' : `${selected ?? ''}, ${manifestFormats[native].title}`,
      native !== undefined,
      `${fileStem(selected ?? '')}.${extension}`,
      { label: 'Manifest', extensions: [extension] },
      () => {
        if (!written || !current) throw new Error('select a policy of a platform first');
        const { text, issues } = writeManifest(written, { target: Object.keys(current.services)[0] ?? 'service' });
        for (const { severity, message } of issues) if (severity === 'warning') session.messages.say('info', message);
        if (text === undefined) throw new Error(issues[0]?.message ?? 'it has no format');
        const reality = realityStatusOf(current);
        const { note: poor } = noteOf(reality);
        // JSON takes no comment.
        if (extension === 'json' && poor !== undefined) session.messages.say('info', poor);
        return withRealityComment(text, extension, reality);
      },
    ),
    item('chart-svg', 'Chart', 'SVG, as shown', available, `${stem}.svg`, fileKinds.svg, () =>
      pictureOf(session, result()),
    ),
    item('chart-png', 'Chart', 'PNG, as shown', available, `${stem}.png`, fileKinds.png, () =>
      svgToPng(pictureOf(session, result()), pictureWidth, pictureHeight),
    ),
  ];
}
