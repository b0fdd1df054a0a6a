import { useId, useState } from 'react';
import { formatSeconds, printDuration, traceMapping, type ImportMapping } from '../../../sim-core/index.ts';
import { labelsOf, printLabels } from './label-text.ts';
import type { Fill, TraceDraft, TraceSettings } from './trace-draft.ts';
import { withSetting } from './trace-settings.ts';
import { zoneSuggestions } from './zone-suggestions.ts';

const fills: readonly (readonly [Fill, string])[] = [
  ['leave', 'no requests, with a warning'],
  ['zero', 'no requests'],
  ['hold', 'the value before'],
  ['interpolate', 'a line across'],
  ['seasonal', 'the mean of that time of day'],
];

interface Choice {
  readonly key: keyof ImportMapping;
  readonly label: string;
  /** as the select has it; the empty text is what was recognised */
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  /** what a choice becomes in the mapping */
  readonly read?: (value: string) => ImportMapping[keyof ImportMapping];
}

const loops = { open: 'open: independent users', closed: 'closed: users who wait', unknown: 'not known' } as const;

/** The settings that are lists of choices, as far as they mean something for this file. */
function choicesOf({ mapping: read, report, series, recorded, settings: { mapping: said } }: TraceDraft): Choice[] {
  if (!report) return [];
  const { quality, columns } = report;
  const single = series?.kind === 'timestamps' || read.kind === 'timestamps';
  const isTable = columns.some(({ choice }) => choice === 'any');
  const isLog = !isTable && (single || read.kind !== undefined);
  const timed = columns.some(({ role }) => role === 'time');
  const lasts =
    columns.some(({ role }) => role === 'duration') || recorded.some(({ name }) => name === 'request duration');
  const all: readonly (Choice | false)[] = [
    timed &&
      (isTable || isLog) && {
        key: 'kind',
        label: 'Each row is',
        value: single ? 'timestamps' : 'rate',
        options: isLog
          ? [
              ['timestamps', 'a request, kept'],
              ['rate', 'a request, counted'],
            ]
          : [
              ['rate', 'a value'],
              ['timestamps', 'a request'],
            ],
      },
    single &&
      lasts && {
        key: 'loggedAt',
        label: 'Requests are logged',
        value: read.loggedAt ?? (quality.movedToStart > 0 ? 'end' : 'start'),
        options: [
          ['start', 'at their start'],
          ['end', 'at their end: moved'],
        ],
      },
    {
      key: 'load',
      label: 'Load',
      value: quality.loop === 'unknown' ? '' : quality.loop,
      options: [
        ...(quality.loop === 'unknown' ? [['', loops.unknown] as const] : []),
        ['open', loops.open],
        ['closed', loops.closed],
      ],
    },
    !single &&
      !isLog &&
      timed && {
        key: 'sort',
        label: 'Rows out of order',
        value: said.sort === true ? 'true' : '',
        options: [
          ['', 'refuse the file'],
          ['true', 'put in order'],
        ],
        read: () => true,
      },
    !single &&
      !isLog &&
      timed && {
        key: 'duplicates',
        label: 'Rows of one time',
        value: said.duplicates ?? '',
        options: [
          ['', 'refuse the file'],
          ['sum', 'add up'],
          ['mean', 'their mean'],
          ['max', 'the highest'],
          ['first', 'the first'],
          ['last', 'the last'],
        ],
      },
    {
      key: 'badRows',
      label: 'Unreadable rows',
      value: said.badRows ?? '',
      options: [
        ['', 'as usual for the format'],
        ['skip', 'leave out and count'],
        ['refuse', 'refuse the file'],
      ],
    },
    columns.some(({ counter }) => counter === true) && {
      key: 'counterResets',
      label: 'A counter that falls',
      value: said.counterResets ?? 'restart',
      options: [
        ['restart', 'began again from zero'],
        ['gap', 'leaves a gap'],
      ],
    },
  ];
  return all.filter((choice) => choice !== false);
}

interface TraceSettingsFormProps {
  readonly draft: TraceDraft;
  readonly onSay: (change: Partial<TraceSettings>) => void;
}

/** How the rows of the file are read: time, order, gaps, load. */
export function TraceSettingsForm({ draft, onSay }: TraceSettingsFormProps) {
  const { mapping: said, fill } = draft.settings;
  const { report, series, mapping: read } = draft;
  const set = <Key extends keyof ImportMapping>(key: Key, value: ImportMapping[Key] | undefined): void =>
    onSay({ mapping: withSetting(said, key, value) });
  if (!report) return null;
  const local = report.timeFormat.startsWith('local');
  const chooses = report.columns.some(({ choice, labels }) => choice === 'rows' || labels !== undefined);
  return (
    <section className="trace-settings" aria-label="How it is read">
      <TextSetting
        label="Time zone"
        value={said.timeZone ?? ''}
        recognised={report.quality.timeZone === 'none' ? 'the times have no date' : report.quality.timeZone}
        disabled={!local}
        suggestions={local ? zoneSuggestions() : []}
        read={(text) => checked('timeZone', text)}
        onSaid={(value) => set('timeZone', value)}
      />
      {series?.kind !== 'timestamps' && (
        <TextSetting
          label="A row lasts"
          value={said.bucket === undefined ? '' : printDuration(said.bucket)}
          recognised={
            read.bucket !== undefined ? printDuration(read.bucket) : series ? formatSeconds(series.bucket) : ''
          }
          read={(text) => checked('bucket', text)}
          onSaid={(value) => set('bucket', value)}
        />
      )}
      {choicesOf(draft).map(({ key, label, value, options, read: readChoice }) => (
        <Setting key={key} label={label} onReset={said[key] === undefined ? undefined : () => set(key, undefined)}>
          {(id) => (
            <select
              id={id}
              value={value}
              onChange={({ target }) =>
                set(key, target.value === '' ? undefined : (readChoice?.(target.value) ?? (target.value as never)))
              }
            >
              {options.map(([option, text]) => (
                <option key={option} value={option}>
                  {text}
                </option>
              ))}
            </select>
          )}
        </Setting>
      ))}
      {series?.kind !== 'timestamps' && (
        <Setting label="A gap becomes" onReset={fill === 'leave' ? undefined : () => onSay({ fill: 'leave' })}>
          {(id) => (
            <select id={id} value={fill} onChange={({ target }) => onSay({ fill: target.value as Fill })}>
              {fills.map(([name, text]) => (
                <option key={name} value={name}>
                  {text}
                </option>
              ))}
            </select>
          )}
        </Setting>
      )}
      {(chooses || said.series !== undefined) && (
        <TextSetting
          label="Only what has"
          value={printLabels(said.series)}
          recognised={read.series === undefined ? 'label=value' : printLabels(read.series)}
          read={labelsOf}
          onSaid={(value) => set('series', value)}
        />
      )}
    </section>
  );
}

/** A text as a scenario would have it; undefined for none. @throws Error in words when it will not do */
function checked<Key extends 'timeZone' | 'bucket'>(key: Key, text: string): ImportMapping[Key] | undefined {
  if (text === '') return undefined;
  const parsed = traceMapping.safeParse({ [key]: text });
  if (!parsed.success) throw new Error(parsed.error.issues[0]?.message ?? 'This cannot be read.');
  return parsed.data[key] as ImportMapping[Key];
}

interface SettingProps {
  readonly label: string;
  /** absent while nothing was said */
  readonly onReset?: (() => void) | undefined;
  readonly problem?: string | undefined;
  readonly children: (id: string) => React.ReactNode;
}

function Setting({ label, onReset, problem, children }: SettingProps) {
  const id = useId();
  return (
    <div className="trace-setting" data-said={onReset !== undefined}>
      <span>
        <label htmlFor={id}>{label}</label>
        {onReset && (
          <button type="button" className="link" aria-label={`Take back: ${label}`} onClick={onReset}>
            reset
          </button>
        )}
      </span>
      {children(id)}
      {problem !== undefined && (
        <p role="alert" className="wrong" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}

interface TextSettingProps<Value> {
  readonly label: string;
  /** as said; empty where nothing was */
  readonly value: string;
  readonly recognised: string;
  readonly disabled?: boolean;
  readonly suggestions?: readonly string[];
  /** @throws Error in words */
  readonly read: (text: string) => Value | undefined;
  readonly onSaid: (value: Value | undefined) => void;
}

/** A setting that is typed: said on Enter or when the field is left. */
function TextSetting<Value>(props: TextSettingProps<Value>) {
  const { label, value, recognised, disabled = false, suggestions = [], read, onSaid } = props;
  const [typed, setTyped] = useState<{ readonly over: string; readonly text: string; readonly problem?: string }>();
  const listId = useId();
  // What was said elsewhere (undo, reset) wins over what was typed before.
  const current = typed?.over === value ? typed : undefined;
  const settle = (): void => {
    if (current === undefined || current.text.trim() === value) return;
    try {
      onSaid(read(current.text.trim()));
    } catch (error) {
      setTyped({ ...current, problem: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <Setting label={label} problem={current?.problem} onReset={value === '' ? undefined : () => onSaid(undefined)}>
      {(id) => (
        <>
          <input
            id={id}
            value={disabled ? '' : (current?.text ?? value)}
            placeholder={recognised}
            disabled={disabled}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={current?.problem !== undefined}
            aria-describedby={current?.problem === undefined ? undefined : `${id}-problem`}
            list={suggestions.length > 0 ? listId : undefined}
            onChange={({ target }) => setTyped({ over: value, text: target.value })}
            onBlur={settle}
            onKeyDown={({ key }) => key === 'Enter' && settle()}
          />
          {suggestions.length > 0 && (
            <datalist id={listId}>
              {suggestions.map((suggestion) => (
                <option key={suggestion} value={suggestion}>
                  {suggestion}
                </option>
              ))}
            </datalist>
          )}
        </>
      )}
    </Setting>
  );
}
