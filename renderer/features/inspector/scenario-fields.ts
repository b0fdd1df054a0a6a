import type { YamlPath } from '../../stores/yaml-edit.ts';
import { number, type Field, type FieldSection } from './field.ts';
import { genericFields, wordsOf } from './generic-fields.ts';
import { record, type Data } from './yaml-data.ts';

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A random duration: `{lognormal: {p50, p95}}`, or a plain duration for one that never varies. */
function distributionFields(data: unknown, path: YamlPath, label: string): Field[] {
  if (typeof data === 'string' || typeof data === 'number') return [number(label, path, 'duration', [0.001, 600])];
  return Object.entries(record(data)).flatMap(([family, parameters]) =>
    Object.entries(record(parameters)).flatMap(([key, value]): Field[] => {
      const name = /^p\d+$/.test(key) ? key : wordsOf(key).toLowerCase();
      if (typeof value === 'string') {
        const [field] = genericFields(value, [...path, family, key], `${label} ${name}`);
        return field
          ? [
              field.kind === 'number' && field.unit === 'duration'
                ? { ...field, min: Math.min(field.min, 0.01), max: Math.max(field.max, 2) }
                : field,
            ]
          : [];
      }
      return genericFields(value, [...path, family, key], `${label} ${name}`);
    }),
  );
}

const cpuFields = (path: YamlPath): Field[] => [
  number('CPU request', [...path, 'cpuRequest'], 'cpu', [10, 8000], {
    standard: 1000,
    scale: 'log',
    help: 'What a replica asks for: CPU use is measured against it.',
  }),
  number('CPU of a busy slot', [...path, 'cpuPerBusySlot'], 'cpu', [1, 4000], {
    scale: 'log',
    help: 'What a request uses while it is worked on.',
  }),
  number('CPU when idle', [...path, 'cpuIdle'], 'cpu', [0, 1000], { standard: 0 }),
];

function serviceSection(name: string, data: Data): FieldSection {
  const path = ['services', name] as const;
  const replicas = record(data.replicas);
  const queue = record(data.queue);
  const metrics = record(data.metrics);
  return {
    title: `Service ${name}`,
    service: name,
    fields: [
      ...distributionFields(data.serviceTime, [...path, 'serviceTime'], 'Service time'),
      number('Concurrency', [...path, 'concurrency'], 'count', [1, 64], {
        standard: 1,
        help: 'Requests one replica works on at once.',
      }),
      ...distributionFields(replicas.startup, [...path, 'replicas', 'startup'], 'Start-up'),
      number('Replicas at first', [...path, 'replicas', 'initial'], 'count', [1, 60]),
      number('Drain', [...path, 'replicas', 'drain'], 'duration', [0, 600], {
        standard: 30,
        help: 'How long a leaving replica may finish its requests.',
      }),
      number('Queue capacity', [...path, 'queue', 'capacity'], 'count', [0, 10_000], {
        help: 'Requests that may wait; empty: no limit.',
      }),
      number('Queue time-out', [...path, 'queue', 'timeout'], 'duration', [0.1, 120], {
        help: 'A request that has waited this long leaves; empty: never.',
      }),
      ...(queue.retry === undefined ? [] : [number('Retries', [...path, 'queue', 'retry', 'max'], 'count', [0, 10])]),
      ...(data.resources === undefined ? [] : cpuFields([...path, 'resources'])),
      ...(['delay', 'window'] as const)
        .filter((key) => metrics[key] !== undefined)
        .map((key) => number(`Metrics ${key}`, [...path, 'metrics', key], 'duration', [0, 600])),
    ],
  };
}

function workloadSection(data: Data): FieldSection {
  const path = ['workload'] as const;
  return {
    title: 'Workload',
    fields: [
      number('Scale', [...path, 'scale'], 'number', [0, 3], {
        standard: 1,
        help: 'Multiplies the whole arrival rate.',
      }),
      ...list(data.sum).flatMap((term, index) =>
        Object.entries(record(term)).flatMap(([kind, parameters]): Field[] => {
          const at = [...path, 'sum', index, kind];
          if (kind === 'trace') return genericFields(record(parameters).scale, [...at, 'scale'], 'Trace scale');
          return genericFields(parameters, at, wordsOf(kind));
        }),
      ),
      ...(data.growth === undefined
        ? []
        : [number('Growth a year', [...path, 'growth', 'perYear'], 'fraction', [0, 2])]),
    ],
    traces: list(data.sum).flatMap((term, index) =>
      typeof record(record(term).trace).file === 'string' ? [[...path, 'sum', index, 'trace']] : [],
    ),
  };
}

/** The numbers all policies share. */
export function scenarioSections(scenario: unknown): FieldSection[] {
  const data = record(scenario);
  return [
    ...Object.entries(record(data.services)).map(([name, service]) => serviceSection(name, record(service))),
    workloadSection(record(data.workload)),
    {
      title: 'Objectives',
      fields: [
        number('p95 latency', ['slo', 'p95'], 'duration', [0.02, 10], {
          help: 'Judged window by window; empty: none.',
        }),
        number('p99 latency', ['slo', 'p99'], 'duration', [0.02, 10]),
        number('Availability', ['slo', 'availability'], 'fraction', [0.9, 1], {
          help: 'Share of the attempts that must succeed.',
        }),
        number('Max backlog', ['slo', 'maxBacklog'], 'count', [0, 5000], {
          help: 'Waiting requests a window may show.',
        }),
        number('Attainment', ['slo', 'attainment'], 'fraction', [0.9, 1], {
          standard: 0.99,
          help: 'Share of the windows that must meet the objectives.',
        }),
        number('Window', ['slo', 'window'], 'duration', [10, 3600], { standard: 60 }),
      ],
    },
    {
      title: 'Stability',
      folded: true,
      fields: [
        number('Flap window', ['stability', 'flapWindow'], 'duration', [60, 3600], {
          standard: 600,
          help: 'Growing and shrinking within this time is a flap.',
        }),
        number('Flaps tolerated', ['stability', 'maxFlaps'], 'count', [0, 50], { standard: 0 }),
        number('Reversals an hour', ['stability', 'maxReversalsPerHour'], 'number', [0, 20], { standard: 2 }),
      ],
    },
    {
      title: 'Cost',
      fields: [
        number('Replica-hour', ['cost', 'perReplicaHour'], 'number', [0, 5], { standard: 0 }),
        number('SLO violation minute', ['cost', 'perSloViolationMinute'], 'number', [0, 50], { standard: 0 }),
      ],
    },
    {
      title: 'Run',
      fields: [
        number('Horizon', ['horizon'], 'duration', [600, 604_800]),
        number('Warm-up', ['warmup'], 'duration', [0, 86_400], { standard: 0, help: 'Left out of the summary.' }),
        number('Replications', ['replications'], 'count', [1, 50], { standard: 10 }),
        { kind: 'text', label: 'Seed', path: ['seed'], standard: '1' },
      ],
    },
  ];
}
