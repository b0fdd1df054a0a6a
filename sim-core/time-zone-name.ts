import { z } from 'zod';
import { configIssue } from './config-issue.ts';
import { nearestKey } from './nearest-key.ts';
import { findTimeZone, zoneNames } from './units/zone/time-zone.ts';
import { lazily } from './units/lazily.ts';

/** What was probably meant: the place alone (`Berlin`), or nearly the name. */
function nearestZone(name: string): string | undefined {
  const place = `/${name.toLowerCase().replaceAll(' ', '_')}`;
  return zoneNames.find((zone) => zone.toLowerCase().endsWith(place)) ?? nearestKey(name, zoneNames);
}

/** A time zone as people write it, kept as text: `Europe/Berlin`, `UTC`, `+02:00`. */
export const timeZoneName = lazily(() =>
  z.string().superRefine((name, context) => {
    if (findTimeZone(name) !== undefined) return;
    const nearest = nearestZone(name);
    const meant = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
    const message = `\`${name}\` is no time zone.${meant} Give a name of the time zone database (\`Europe/Berlin\`), \`UTC\`, or an offset such as \`+02:00\`.`;
    context.addIssue(configIssue('unknown-name', message));
  }),
);
