import { readdirSync, readFileSync } from 'node:fs';

const autoscaling = new URL('../../sim-core/autoscaling/', import.meta.url);

/** How a limit is written in the sources: an object with a name and `apply`, or the clamp that several share. */
const patterns = [/name: '([a-z-]+)',\s*apply\b/g, /const stageName = '([a-z-]+)'/g, /boundsRule\('([a-z-]+)'/g];

/** Names of the stages that the files of a folder of `sim-core/autoscaling` put between a wish and a count. */
export function stageNames(folder: string): string[] {
  const directory = new URL(`${folder}/`, autoscaling);
  const names = readdirSync(directory)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, directory), 'utf8'))
    .flatMap((text) => patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name ?? '')));
  return [...new Set(names)].toSorted();
}
