import { setInYaml, type YamlPath } from '../../stores/yaml-edit.ts';
import { number, type Field } from './field.ts';
import { record, type Data } from './yaml-data.ts';

/** Usual values of guards that need more than one key: whoever moves one slider gets the others with it. */
const usual = {
  hysteresis: { up: '80%', down: '40%' },
  gradualScaleDown: { replicas: 1, period: '5m' },
  approval: { above: 10, after: '15m' },
} as const;

function freezeFields(freeze: Data, path: YamlPath): Field[] {
  const windows = Array.isArray(freeze.windows) ? freeze.windows.map(record) : [];
  return windows.flatMap((window, index): Field[] => {
    const at = [...path, 'windows', index];
    const begins: Field[] =
      typeof window.cron === 'string'
        ? [
            {
              kind: 'text',
              label: 'Freeze at',
              path: [...at, 'cron'],
              standard: '',
              help: 'Minute, hour, day of month, month, day of week.',
            },
          ]
        : [];
    return [
      ...begins,
      number('… for', [...at, 'for'], 'duration', [60, 259_200], { help: 'Nothing changes so long.' }),
    ];
  });
}

/** Sliders of every guard, in the order in which the guards run. A guard that is not in the file is off. */
export function guardFields(guards: Data, path: YamlPath): Field[] {
  const whole = (guard: keyof typeof usual, key: string) => {
    const given = record(guards[guard]);
    const complete = Object.keys(usual[guard]).every((each) => given[each] !== undefined);
    return (text: string, value: string | number) =>
      complete || key in given
        ? setInYaml(text, [...path, guard, key], value)
        : setInYaml(text, [...path, guard], { ...usual[guard], ...given, [key]: value });
  };
  const hold = [...path, 'holdBeforeRise'];
  const holds = guards.holdBeforeRise !== undefined;
  return [
    number('Dead zone', [...path, 'deadZone', 'replicas'], 'count', [1, 20], {
      help: 'A change of fewer replicas is not made.',
    }),
    number('Dead zone, share', [...path, 'deadZone', 'share'], 'fraction', [0.01, 1], {
      help: 'A change of less than this share of the count is not made.',
    }),
    number('Grow from', [...path, 'hysteresis', 'up'], 'fraction', [0, 1], {
      edit: whole('hysteresis', 'up'),
      help: 'Grows only at or above this CPU use.',
    }),
    number('Shrink below', [...path, 'hysteresis', 'down'], 'fraction', [0, 1], {
      edit: whole('hysteresis', 'down'),
      help: 'Shrinks only at or below this CPU use.',
    }),
    number('Hold before a rise within', [...hold, 'horizon'], 'duration', [60, 7200], {
      standard: holds ? 900 : null,
      help: 'No shrinking while a forecast sees the arrival rate rise within this time.',
    }),
    number('… of more than', [...hold, 'rise'], 'fraction', [0.01, 1], {
      standard: holds ? 0.05 : null,
      help: 'Growth over the next value of the forecast that counts as a rise.',
    }),
    number('Largest step up', [...path, 'maxStep', 'up'], 'count', [1, 40]),
    number('Largest step down', [...path, 'maxStep', 'down'], 'count', [1, 40]),
    number('Scale down by', [...path, 'gradualScaleDown', 'replicas'], 'count', [1, 20], {
      edit: whole('gradualScaleDown', 'replicas'),
      help: 'Replicas one step removes at most.',
    }),
    ...(record(guards.gradualScaleDown).share === undefined
      ? []
      : [
          number('… by a share', [...path, 'gradualScaleDown', 'share'], 'fraction', [0.01, 1], {
            help: 'Share of the count one step removes at most, but always one replica.',
          }),
        ]),
    number('… every', [...path, 'gradualScaleDown', 'period'], 'duration', [15, 3600], {
      edit: whole('gradualScaleDown', 'period'),
      help: 'After any shrinking, none for this long.',
    }),
    number('Approval above', [...path, 'approval', 'above'], 'count', [0, 40], {
      edit: whole('approval', 'above'),
      help: 'A change of more replicas waits for somebody to approve it.',
    }),
    {
      kind: 'text',
      label: '… takes',
      path: [...path, 'approval', 'after'],
      standard: '',
      edit: whole('approval', 'after'),
      help: 'How long somebody takes to approve: a duration such as 15m, or never.',
    },
    number('Cooldown up', [...path, 'cooldown', 'up'], 'duration', [0, 1800], {
      help: 'No further growth for this long after any action.',
    }),
    number('Cooldown down', [...path, 'cooldown', 'down'], 'duration', [0, 3600], {
      help: 'No shrinking for this long after any action.',
    }),
    ...freezeFields(record(guards.freeze), [...path, 'freeze']),
    number('At least', [...path, 'bounds', 'min'], 'count', [0, 60], { help: 'Bound whatever the controller wants.' }),
    number('At most', [...path, 'bounds', 'max'], 'count', [1, 100], { help: 'Bound whatever the controller wants.' }),
    number('Budget an hour', [...path, 'budget', 'perHour'], 'number', [0.1, 100], {
      scale: 'log',
      help: 'Replicas are capped so that their hourly price stays within this.',
    }),
  ];
}
