import type { ColourSlot, LaneShade, Theme } from './lane-model.ts';

/**
 * Slot 0 is the baseline, quiet; 1 … 8 are the candidates. The later colours were chosen to stay apart, and apart from
 * the first four, in ordinary vision and under simulated protanopia and deuteranopia; no red, which means wrong.
 */
const policyHexes: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#787f8b', '#2f6fde', '#d9730d', '#17916a', '#431256', '#953198', '#7a3a00', '#2427cc', '#312c01'],
  dark: ['#8b919c', '#6ea0ff', '#f2a24b', '#4ccb9b', '#d2f258', '#fec4fe', '#a75af0', '#2e8e2e', '#b6f8c0'],
};

/** What a chart is drawn with, beside the policies' colours. Text colours reach 4.5:1 on their ground. */
export interface ChartColours {
  readonly ground: string;
  readonly panel: string;
  readonly hairline: string;
  readonly grid: string;
  readonly ink: string;
  readonly muted: string;
  /** lines that belong to no policy */
  readonly line: string;
  /** under the demand line */
  readonly area: string;
  readonly overviewArea: string;
  readonly danger: string;
  /** what to take with care */
  readonly caution: string;
  readonly accent: string;
  readonly pill: string;
  readonly pillInk: string;
}

const chartColours: Readonly<Record<Theme, ChartColours>> = {
  light: {
    ground: '#f6f6f4',
    panel: '#ffffff',
    hairline: '#e3e3df',
    grid: '#eeeeeb',
    ink: '#1b1d21',
    muted: '#6a6e75',
    line: '#41454d',
    area: '#f1f1ed',
    overviewArea: '#e2e2dd',
    danger: '#c8322b',
    caution: '#a65300',
    accent: '#2f5fd0',
    pill: '#1b1d21',
    pillInk: '#ffffff',
  },
  dark: {
    ground: '#0e1014',
    panel: '#14171d',
    hairline: '#262b35',
    grid: '#1f232c',
    ink: '#e8eaee',
    muted: '#8f95a0',
    line: '#d3d6db',
    area: '#0e1014',
    overviewArea: '#272c35',
    danger: '#ff7a6e',
    caution: '#f2a24b',
    accent: '#6ea0ff',
    pill: '#e8eaee',
    pillInk: '#14171d',
  },
};

export function chartColoursOf(theme: Theme): ChartColours {
  return chartColours[theme];
}

/** What a shade is filled with. */
export function shadeColour(meaning: LaneShade['meaning'], colours: ChartColours): string {
  return { violation: colours.danger, doubt: colours.muted, caution: colours.caution }[meaning];
}

/** Candidates that get a colour of their own; further ones repeat, dashed. */
export const distinctColours = policyHexes.light.length - 1;

/** The colour of a slot, `#rrggbb`. */
export function colourOf(slot: ColourSlot, theme: Theme): string {
  if (slot === 'ink') return chartColours[theme].line;
  const hexes = policyHexes[theme];
  return hexes[slot === 0 ? 0 : 1 + ((slot - 1) % distinctColours)]!;
}

/** Slots for policies in the order they stand in the scenario: the baseline wears 0, the others 1, 2 … */
export function assignColours(policies: readonly string[], baseline: string): ReadonlyMap<string, number> {
  const slots = new Map<string, number>();
  let next = 1;
  for (const policy of policies) slots.set(policy, policy === baseline ? 0 : next++);
  return slots;
}
