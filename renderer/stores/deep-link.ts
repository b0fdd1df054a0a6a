import type { TimeRange } from '../../sim-core/index.ts';
import { parseArrangement, printArrangement, type LaneArrangement } from './lane-arrangement.ts';
import { tabs, type Tab } from './view.ts';

/** The part of the view that is worth sending to somebody: it stands in the address after `#`. */
export interface DeepLink {
  /** File name of a shipped scenario, without extension. */
  readonly scenario: string | null;
  readonly window: TimeRange | null;
  readonly tab: Tab | null;
  readonly policy: string | null;
  /** the policy whose decisions stand beside */
  readonly beside: string | null;
  readonly lanes: LaneArrangement | null;
}

const round = (seconds: number): string => String(Math.round(seconds * 1000) / 1000);

export function printDeepLink(link: DeepLink): string {
  const parameters = new URLSearchParams();
  if (link.scenario !== null) parameters.set('scenario', link.scenario);
  if (link.window) parameters.set('window', link.window.map(round).join('-'));
  if (link.tab !== null && link.tab !== 'compare') parameters.set('tab', link.tab);
  if (link.policy !== null) parameters.set('policy', link.policy);
  if (link.beside !== null) parameters.set('beside', link.beside);
  const lanes = link.lanes === null ? '' : printArrangement(link.lanes);
  if (lanes !== '') parameters.set('lanes', lanes);
  const text = parameters.toString();
  return text === '' ? '' : `#${text}`;
}

/** Reads an address; whatever makes no sense is left out. */
export function parseDeepLink(hash: string): DeepLink {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const match = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(parameters.get('window') ?? '');
  const start = Number(match?.[1]);
  const end = Number(match?.[2]);
  const tab = tabs.find((name) => name === parameters.get('tab')) ?? null;
  return {
    scenario: parameters.get('scenario'),
    window: match && start < end ? [start, end] : null,
    tab,
    policy: parameters.get('policy'),
    beside: parameters.get('beside'),
    lanes: parseArrangement(parameters.get('lanes') ?? ''),
  };
}
