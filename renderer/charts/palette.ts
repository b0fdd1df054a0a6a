import { chartColoursOf, colourOf, distinctColours } from '../../sim-core/index.ts';
import type { Theme } from '../../sim-core/index.ts';

/**
 * The theme as CSS variables, to be set on the root element: `--policy-0` … `--policy-8` and `--chart-panel`,
 * `--chart-ink` … The charts set their own; setting them higher up lets tables and legends wear the same colours.
 */
export function themeVariables(theme: Theme): Record<`--${string}`, string> {
  const variables: Record<`--${string}`, string> = {};
  for (let slot = 0; slot <= distinctColours; slot++) variables[`--policy-${slot}`] = colourOf(slot, theme);
  for (const [name, value] of Object.entries(chartColoursOf(theme))) {
    variables[`--chart-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`] = value;
  }
  return variables;
}
