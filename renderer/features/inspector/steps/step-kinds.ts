import { printDuration } from '../../../../sim-core/index.ts';
import { deleteInYaml, setInYaml, type YamlPath } from '../../../stores/yaml-edit.ts';
import { number, type ChoiceField, type Field, type TextField } from '../field.ts';
import { record } from '../yaml-data.ts';

/** What a new step can go by: the series it will be given. */
export interface StepSubject {
  /** s */
  readonly length: number;
  /** s; 0 for a log of requests */
  readonly bucket: number;
}

/** One kind of step as the form knows it. */
interface StepKind {
  readonly title: string;
  /** One line for the menu. */
  readonly does: string;
  /** What a new one says: something that shows. */
  begin(subject: StepSubject): unknown;
  /** @param written what stands under its name @param path of that */
  fields(written: unknown, path: YamlPath): readonly Field[];
}

/** A length that people would write, about a share of the series. */
function about(length: number, share: number): string {
  const seconds = length * share;
  const unit = [86_400, 3600, 60, 1].find((size) => seconds >= 2 * size) ?? 1;
  return printDuration(Math.max(1, Math.round(seconds / unit)) * unit);
}

const instantHelp = 'From the first instant of the series as it is before this step, such as 36h, or a date.';
const instant = (label: string, path: YamlPath, whenEmpty: string): TextField => ({
  kind: 'text',
  label,
  path,
  standard: '',
  whenEmpty,
  help: instantHelp,
});
const span = (path: YamlPath, part = ''): readonly Field[] => [
  instant(part === '' ? 'From' : `${part} from`, [...path, 'from'], 'the beginning'),
  instant(part === '' ? 'To' : `${part} to`, [...path, 'to'], 'the end'),
];
const choice = (
  label: string,
  path: YamlPath,
  options: Readonly<Record<string, string>>,
  rest: Pick<ChoiceField, 'standard' | 'help' | 'edit'>,
): ChoiceField => ({
  kind: 'choice',
  label,
  path,
  options: Object.entries(options).map(([value, words]) => ({ value, label: words })),
  ...rest,
});

/** By the name the file gives them, in the order of the menu. */
const kinds = {
  scale: {
    title: 'Scale',
    does: 'Multiplies the rates.',
    begin: () => 1.2,
    fields: (_, path) => [number('Factor', path, 'number', [0, 4], { needed: true })],
  },
  spike: {
    title: 'Spike',
    does: 'Lays a spike over the rates.',
    begin: ({ length }) => ({ at: about(length, 0.4), length: about(length, 0.05), factor: 2 }),
    fields: (written, path) => {
      const adds = record(written).add !== undefined;
      return [
        { ...instant('At', [...path, 'at'], ''), help: `When it begins. ${instantHelp}` },
        number('Lasts', [...path, 'length'], 'duration', [60, 604_800], { needed: true }),
        choice(
          'Height',
          path,
          { factor: 'times the rate', add: 'more a second' },
          {
            standard: adds ? 'add' : 'factor',
            edit: (text, value) =>
              value === 'add'
                ? setInYaml(deleteInYaml(text, [...path, 'factor']), [...path, 'add'], '100/s')
                : setInYaml(deleteInYaml(text, [...path, 'add']), [...path, 'factor'], 2),
          },
        ),
        adds
          ? number('Adds', [...path, 'add'], 'rate', [1, 10_000], { needed: true })
          : number('Factor', [...path, 'factor'], 'number', [0, 10], { needed: true }),
        choice(
          'Shape',
          [...path, 'shape'],
          { rectangle: 'rectangle', triangle: 'triangle' },
          {
            standard: 'rectangle',
            help: 'At its height all the time, or rising to it in the middle and falling again.',
          },
        ),
      ];
    },
  },
  cut: {
    title: 'Cut',
    does: 'Keeps what lies between two instants.',
    begin: ({ length }) => ({ from: '0s', to: about(length, 0.5) }),
    fields: (_, path) => span(path),
  },
  splice: {
    title: 'Splice',
    does: 'Puts parts one after another; a part may come twice.',
    begin: ({ length }) => {
      const half = about(length, 0.5);
      return [
        { from: '0s', to: half },
        { from: '0s', to: half },
      ];
    },
    fields: (written, path) =>
      Array.isArray(written) ? written.flatMap((_, index) => span([...path, index], `Part ${index + 1}`)) : [],
  },
  stretch: {
    title: 'Stretch',
    does: 'Makes it last longer or shorter, with the same requests.',
    begin: () => 2,
    fields: (_, path) => [
      number('Times as long', path, 'number', [0.1, 10], {
        scale: 'log',
        needed: true,
        help: '2 halves the rates, 0.5 doubles them.',
      }),
    ],
  },
  shift: {
    title: 'Shift',
    does: 'Moves it earlier or later, round its own length.',
    begin: ({ length }) => ({ later: about(length, 0.1) }),
    fields: (written, path) => {
      const way = record(written).earlier === undefined ? 'later' : 'earlier';
      return [
        choice(
          'Which way',
          path,
          { later: 'later', earlier: 'earlier' },
          {
            standard: way,
            help: 'What leaves at one end comes in at the other.',
            edit: (text, value) => setInYaml(text, path, { [value]: record(written)[way] ?? '1h' }),
          },
        ),
        number('By', [...path, way], 'duration', [60, 604_800], { needed: true }),
      ];
    },
  },
  resample: {
    title: 'Resample',
    does: 'Counts requests, or takes mean rates, in other buckets.',
    begin: ({ bucket }) => (bucket > 0 ? printDuration(bucket * 5) : '1m'),
    fields: (_, path) => [number('Bucket', path, 'duration', [1, 86_400], { needed: true })],
  },
  keep: {
    title: 'Trend and season',
    does: 'Takes it apart into trend, season and rest, and keeps some.',
    begin: ({ length }) => ({
      components: ['trend', 'season'],
      period: length >= 172_800 ? '1d' : about(length, 0.25),
    }),
    fields: (_, path) => [
      {
        kind: 'set',
        label: 'Keeps',
        path: [...path, 'components'],
        options: ['trend', 'season', 'rest'],
      },
      number('Season lasts', [...path, 'period'], 'duration', [600, 2_419_200], { standard: 86_400 }),
    ],
  },
  bootstrap: {
    title: 'New weeks',
    does: 'Draws recorded days anew: other weeks of the same kind.',
    begin: () => ({ weeks: 2, seed: 1 }),
    fields: (_, path) => [
      number('Weeks', [...path, 'weeks'], 'count', [1, 26], { needed: true }),
      { kind: 'text', label: 'Seed', path: [...path, 'seed'], standard: '1', help: 'Another seed draws other days.' },
      choice(
        'Days of a kind',
        [...path, 'days'],
        { auto: 'as there are enough', weekday: 'the same weekday', weekend: 'weekend or not', any: 'all' },
        { standard: 'auto', help: 'Which days may stand for each other.' },
      ),
      choice(
        'Level',
        [...path, 'level'],
        { mean: 'the mean of all days', last: 'the last seven days' },
        { standard: 'mean' },
      ),
    ],
  },
} satisfies Readonly<Record<string, StepKind>>;

export type StepName = keyof typeof kinds;
export const stepNames = Object.keys(kinds) as readonly StepName[];
export const stepKinds: Readonly<Record<StepName, StepKind>> = kinds;

/** A step as the file has it: its name where it is one we know, and what stands under it. */
export function readStep(step: unknown): { readonly name: StepName | undefined; readonly written: unknown } {
  const [found] = Object.entries(record(step));
  const name = stepNames.find((each) => each === found?.[0]);
  return { name, written: found?.[1] };
}
