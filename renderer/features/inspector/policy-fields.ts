import { setInYaml, type YamlPath } from '../../stores/yaml-edit.ts';
import { number, type Field, type FieldSection } from './field.ts';
import { genericFields, wordsOf } from './generic-fields.ts';
import { guardFields } from './guard-fields.ts';
import { platformFields } from './platform-fields.ts';
import { record, type Data } from './yaml-data.ts';

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const replicaSpan = [1, 60] as const;

function hpaMetricFields(hpa: Data, path: YamlPath): Field[] {
  const metrics = list(hpa.metrics);
  if (metrics.length === 0) {
    return [
      number(
        'CPU target',
        [...path, 'metrics', 0, 'resource', 'target', 'averageUtilization'],
        'wholePercent',
        [10, 100],
        {
          standard: 80,
          help: 'Average CPU use of the pods, of their request, that the HPA steers for.',
          edit: (text, value) =>
            setInYaml(
              text,
              [...path, 'metrics'],
              [
                {
                  type: 'Resource',
                  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: value } },
                },
              ],
            ),
        },
      ),
    ];
  }
  return metrics.flatMap((metric, index): Field[] => {
    const at = [...path, 'metrics', index];
    for (const [key, source] of Object.entries(record(metric))) {
      const target = record(record(source).target);
      if (target.averageUtilization !== undefined) {
        return [
          number('CPU target', [...at, key, 'target', 'averageUtilization'], 'wholePercent', [10, 100], {
            help: 'Average CPU use of the pods, of their request, that the HPA steers for.',
          }),
        ];
      }
      for (const valueKey of ['averageValue', 'value']) {
        if (target[valueKey] === undefined) continue;
        const name = String(record(record(source).metric).name ?? record(source).name ?? 'metric');
        return genericFields(target[valueKey], [...at, key, 'target', valueKey], `${wordsOf(name)} target`);
      }
    }
    return [];
  });
}

const behaviourWords = { scaleUp: 'Up', scaleDown: 'Down' } as const;

function hpaBehaviourFields(hpa: Data, path: YamlPath): Field[] {
  const behavior = record(hpa.behavior);
  return (['scaleDown', 'scaleUp'] as const).flatMap((direction): Field[] => {
    const rules = record(behavior[direction]);
    const at = [...path, 'behavior', direction];
    const word = behaviourWords[direction];
    return [
      number(`${word} window`, [...at, 'stabilizationWindowSeconds'], 'wholeSeconds', [0, 900], {
        standard: direction === 'scaleDown' ? 300 : 0,
        help:
          direction === 'scaleDown'
            ? 'Shrinks only to the highest wish of the last so many seconds.'
            : 'Grows only to the lowest wish of the last so many seconds.',
      }),
      ...list(rules.policies).flatMap((policy, index): Field[] => {
        const { type, periodSeconds } = record(policy);
        const period = periodSeconds === 60 ? 'a minute' : `/ ${String(periodSeconds)} s`;
        const inPods = type === 'Pods';
        return [
          number(
            `${word}, ${inPods ? 'pods' : '%'} ${period}`,
            [...at, 'policies', index, 'value'],
            inPods ? 'count' : 'wholePercent',
            inPods ? [1, 40] : [1, 200],
            {
              help: `At most this ${inPods ? 'many pods' : 'share of the pods'} ${direction === 'scaleUp' ? 'more' : 'fewer'} within ${String(periodSeconds)} s.`,
            },
          ),
        ];
      }),
    ];
  });
}

function hpaFields(hpa: Data, path: YamlPath, controllerPath: YamlPath): Field[] {
  return [
    ...hpaMetricFields(hpa, path),
    ...hpaBehaviourFields(hpa, path),
    number('Min replicas', [...path, 'minReplicas'], 'count', replicaSpan, { standard: 1 }),
    number('Max replicas', [...path, 'maxReplicas'], 'count', [1, 100]),
    number('Tolerance', [...controllerPath, 'controllerManager', 'tolerance'], 'fraction', [0, 0.5], {
      standard: 0.1,
      help: 'No action while the ratio of the metric to its target is this close to 1. A setting of the controller manager.',
    }),
  ];
}

function predictiveFields(predictive: Data, path: YamlPath): Field[] {
  return [
    {
      kind: 'choice',
      label: 'Model',
      path: [...path, 'model'],
      standard: 'mgc',
      options: [
        { value: 'mmc', label: 'M/M/c' },
        { value: 'mgc', label: 'M/G/c' },
      ],
      help: 'Queueing model that turns the forecast rate into servers.',
    },
    ...genericFields(predictive.forecast, [...path, 'forecast'], 'Forecast'),
    number('Horizon', [...path, 'horizon'], 'duration', [60, 7200], {
      standard: 900,
      help: 'How far ahead the highest rate is looked for.',
    }),
    number('Headroom', [...path, 'headroom'], 'fraction', [0, 1], {
      standard: 0,
      help: 'Added to the forecast rate before staffing.',
    }),
    ...genericFields(predictive.target, [...path, 'target'], 'Target'),
    number('Evaluated every', [...path, 'interval'], 'duration', [5, 600], { standard: 30 }),
    number('Min replicas', [...path, 'minReplicas'], 'count', replicaSpan, { standard: 1 }),
    number('Max replicas', [...path, 'maxReplicas'], 'count', [1, 100]),
  ];
}

function thresholdFields(threshold: Data, path: YamlPath): Field[] {
  return [
    ...list(threshold.rules).flatMap((rule, index): Field[] => {
      const data = record(rule);
      const at = [...path, 'rules', index];
      const side = data.above === undefined ? 'below' : 'above';
      const metric = wordsOf(String(data.metric ?? 'metric')).replace('Cpu', 'CPU');
      return [
        ...genericFields(data[side], [...at, side], `${metric} ${side}`),
        number('… for', [...at, 'for'], 'duration', [0, 3600], {
          standard: 0,
          help: 'How long the condition must have held.',
        }),
        {
          kind: 'text',
          label: '… then',
          path: [...at, 'change'],
          standard: '',
          help: 'Replicas to add or remove (+2, -1), or a share (+50%, -25%).',
        },
      ];
    }),
    number('Evaluated every', [...path, 'interval'], 'duration', [5, 600], { standard: 15 }),
    number('Min replicas', [...path, 'min'], 'count', replicaSpan, { standard: 1 }),
    number('Max replicas', [...path, 'max'], 'count', [1, 100]),
  ];
}

function scheduledFields(scheduled: Data, path: YamlPath): Field[] {
  return [
    number('Before the first entry', [...path, 'replicas'], 'count', [0, 60]),
    ...list(scheduled.schedule).flatMap((entry, index): Field[] => {
      const data = record(entry);
      const key = data.at === undefined ? 'cron' : 'at';
      return [
        {
          kind: 'text',
          label: key === 'cron' ? 'Cron' : 'At',
          path: [...path, 'schedule', index, key],
          standard: '',
          help: 'Minute, hour, day of month, month, day of week.',
        },
        number('… replicas', [...path, 'schedule', index, 'replicas'], 'count', [0, 60]),
      ];
    }),
  ];
}

function piFields(pi: Data, path: YamlPath): Field[] {
  return [
    ...genericFields(
      pi.setpoint,
      [...path, 'setpoint'],
      `Setpoint, ${wordsOf(String(pi.metric ?? 'cpuUtilisation')).toLowerCase()}`,
    ),
    number('Gain', [...path, 'proportionalGain'], 'number', [0.1, 200], {
      scale: 'log',
      help: 'Replicas asked for per unit of error, where the error is the metric less the setpoint.',
    }),
    number('Integral time', [...path, 'integralTime'], 'duration', [10, 3600], {
      help: 'The longer, the more slowly a lasting error is worked off.',
    }),
    number('Evaluated every', [...path, 'interval'], 'duration', [5, 600], { standard: 15 }),
    number('Min replicas', [...path, 'min'], 'count', replicaSpan, { standard: 1 }),
    number('Max replicas', [...path, 'max'], 'count', [1, 100]),
  ];
}

function staffingFields(staffing: Data, path: YamlPath): Field[] {
  return [
    {
      kind: 'choice',
      label: 'Rule',
      path: [...path, 'rule'],
      standard: 'mgc',
      options: [
        { value: 'square-root', label: 'Square root' },
        { value: 'mmc', label: 'M/M/c' },
        { value: 'mgc', label: 'M/G/c' },
      ],
      help: 'How the load of now becomes servers.',
    },
    ...(staffing.rule === 'square-root'
      ? [
          number('β', [...path, 'beta'], 'number', [0, 4], {
            help: 'Servers beyond the load, in square roots of it: 0.5 is lean, 2 is generous.',
          }),
        ]
      : []),
    ...genericFields(staffing.target, [...path, 'target'], 'Target'),
    number('Evaluated every', [...path, 'interval'], 'duration', [5, 600], { standard: 30 }),
    number('Min replicas', [...path, 'min'], 'count', replicaSpan, { standard: 1 }),
    number('Max replicas', [...path, 'max'], 'count', [1, 100]),
  ];
}

function customFields(custom: Data, path: YamlPath): Field[] {
  return [
    ...genericFields(custom.parameters, [...path, 'parameters']),
    number('Evaluated every', [...path, 'interval'], 'duration', [5, 600], { standard: 15 }),
    number('Min replicas', [...path, 'min'], 'count', replicaSpan, { standard: 1 }),
    number('Max replicas', [...path, 'max'], 'count', [1, 100]),
  ];
}

function controllerFields(controller: Data, path: YamlPath): Field[] {
  if (controller.hpa !== undefined) return hpaFields(record(controller.hpa), [...path, 'hpa'], path);
  if (controller.predictive !== undefined)
    return predictiveFields(record(controller.predictive), [...path, 'predictive']);
  if (controller.threshold !== undefined) return thresholdFields(record(controller.threshold), [...path, 'threshold']);
  if (controller.scheduled !== undefined) return scheduledFields(record(controller.scheduled), [...path, 'scheduled']);
  if (controller.static !== undefined)
    return [number('Replicas', [...path, 'static', 'replicas'], 'count', replicaSpan)];
  if (controller.pi !== undefined) return piFields(record(controller.pi), [...path, 'pi']);
  if (controller.staffing !== undefined) return staffingFields(record(controller.staffing), [...path, 'staffing']);
  if (controller.custom !== undefined) return customFields(record(controller.custom), [...path, 'custom']);
  return Object.entries(controller).flatMap(([kind, own]) => platformFields(own, [...path, kind]));
}

/** The numbers of one policy: its controller's own, then the guards around it. */
export function policySections(policy: unknown, index: number): FieldSection[] {
  const data = record(policy);
  const path = ['policies', index] as const;
  const guards = record(data.guards);
  return [
    { title: 'Policy', fields: controllerFields(record(data.controller), [...path, 'controller']) },
    { title: 'Guards', fields: guardFields(guards, [...path, 'guards']), folded: Object.keys(guards).length === 0 },
  ];
}
