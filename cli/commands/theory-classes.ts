import { InvalidArgumentError } from 'commander';
import { formatDuration, formatRate, parseDuration, parseRate, writeCsv } from '../../sim-core/index.ts';
import type { ClassNumbers, PriorityClass } from '../../sim-core/index.ts';
import { renderTable } from '../table.ts';

/** `2/s,40ms` or `2/s,40ms,0.5`: rate, mean service time, squared coefficient of variation. */
export function priorityClass(text: string): PriorityClass {
  const [rate = '', time = '', scv = '1', ...rest] = text.split(',').map((part) => part.trim());
  const [arrivalRate, serviceTimeMean, serviceScv] = [parseRate(rate), parseDuration(time), Number(scv)];
  const fits = arrivalRate !== undefined && serviceTimeMean !== undefined && scv !== '' && serviceScv >= 0;
  if (!fits || rest.length > 0)
    throw new InvalidArgumentError('Write a class as rate,time or rate,time,variability: 2/s,40ms,0.5.');
  return { arrivalRate, serviceTimeMean, serviceScv };
}

const titles = [
  'class',
  'arrivalRate',
  'serviceTimeMean',
  'serviceScv',
  'waitingTimeMean',
  'sojournTimeMean',
  'sojournTimePreemptiveMean',
];

export function classesTable(classes: readonly ClassNumbers[]): string {
  const time = (seconds: number): string => (seconds === Infinity ? '∞' : formatDuration(seconds));
  return renderTable(
    titles.map((title) => ({ title, align: 'right' })),
    classes.map((each, index) => [
      String(index + 1),
      formatRate(each.arrivalRate),
      formatDuration(each.serviceTimeMean),
      String(each.serviceScv),
      time(each.waitingTimeMean),
      time(each.sojournTimeMean),
      time(each.sojournTimePreemptiveMean),
    ]),
  );
}

export function classesCsv(classes: readonly ClassNumbers[]): string {
  return writeCsv([
    titles,
    ...classes.map((each, index) => [
      index + 1,
      each.arrivalRate,
      each.serviceTimeMean,
      each.serviceScv,
      each.waitingTimeMean,
      each.sojournTimeMean,
      each.sojournTimePreemptiveMean,
    ]),
  ]);
}
