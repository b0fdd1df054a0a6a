import { describe, expect, it } from 'vitest';
import { usualArrangement } from '../../../renderer/stores/lane-arrangement.ts';
import { parseDeepLink, printDeepLink } from '../../../renderer/stores/deep-link.ts';

describe('deep links', () => {
  it('come back as they went', () => {
    const link = {
      scenario: 'flash-crowd',
      window: [3600, 7200.5] as const,
      tab: 'decisions' as const,
      policy: 'HPA 60 %, 120 s',
      beside: 'live',
      lanes: { order: ['replicas', 'latency', 'cost'], hidden: ['cost'], pinned: ['replicas'] },
    };
    expect(parseDeepLink(printDeepLink(link))).toEqual(link);
  });

  it('leave out what is as usual', () => {
    expect(
      printDeepLink({
        scenario: null,
        window: null,
        tab: 'compare',
        policy: null,
        beside: null,
        lanes: usualArrangement,
      }),
    ).toBe('');
  });

  it('ignore what makes no sense', () => {
    expect(parseDeepLink('#window=9-3&tab=nonsense')).toEqual({
      scenario: null,
      window: null,
      tab: null,
      policy: null,
      beside: null,
      lanes: null,
    });
    expect(parseDeepLink('#window=1e9-x')).toMatchObject({ window: null });
    expect(parseDeepLink('')).toEqual({
      scenario: null,
      window: null,
      tab: null,
      policy: null,
      beside: null,
      lanes: null,
    });
  });
});
