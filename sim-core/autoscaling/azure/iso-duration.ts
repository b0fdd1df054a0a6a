import { z } from 'zod';
import { parseDuration } from '../../units/duration.ts';
import { configIssue } from '../../config-issue.ts';

/** s; `PT10M`, `PT1H30M`, `P1D`, and for convenience `10m` */
export function readIsoDuration(text: string): number | undefined {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text.trim());
  if (found === null || /^P?T?$/.test(text.trim())) return parseDuration(text);
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = found.map((part) =>
    part === undefined ? 0 : Number(part),
  );
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

export const isoDuration = (least: number, most: number) =>
  z.string().transform((text, context) => {
    const seconds = readIsoDuration(text);
    if (seconds === undefined)
      context.addIssue(configIssue('bad-unit', `\`${text}\` is not a duration such as \`PT10M\`.`));
    else if (seconds >= least && seconds <= most) return seconds;
    else context.addIssue(configIssue('out-of-range', `Give ${least} to ${most} s, not ${seconds} s.`));
    return z.NEVER;
  });
