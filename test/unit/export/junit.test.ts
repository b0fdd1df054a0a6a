import { describe, expect, it } from 'vitest';
import { junitXml } from '../../../sim-core/export/junit.ts';
import { comparison, policyResult } from '../../support/comparison.ts';

const ran = { timestamp: '2026-01-02T03:04:05Z', seconds: 1.5 };

describe('junitXml', () => {
  it('has a suite a policy and a case an assertion', () => {
    const xml = junitXml(
      comparison([policyResult('a'), policyResult('b', { slo: { met: false, misses: ['p95 too high', 'cost'] } })]),
      ran,
    );
    expect(xml).toContain('<testsuites name="Written by hand" tests="6" failures="1" errors="0" time="1.500">');
    expect(xml.match(/<testsuite /g)).toHaveLength(2);
    expect(xml).toContain(
      '<testsuite name="b" tests="3" failures="1" errors="0" time="0.750" timestamp="2026-01-02T03:04:05Z">',
    );
    expect(xml).toContain('<failure message="p95 too high" type="slo">p95 too high&#10;cost</failure>');
  });

  it('escapes what the scenario says', () => {
    const xml = junitXml(comparison([policyResult('<b> & "q" \u0007')]), ran);
    expect(xml).toContain('name="&lt;b&gt; &amp; &quot;q&quot; "');
    expect(xml).not.toContain('\u0007');
  });
});
