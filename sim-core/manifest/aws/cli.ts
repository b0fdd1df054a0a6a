import type { ManifestFormat } from '../contract.ts';
import { Reading } from '../reading.ts';
import { buildPolicies } from './build.ts';
import { awsDocument } from './document.ts';
import { collectParts, speaksOfAws } from './parts.ts';

/** Answers and inputs of the AWS command line: Application Auto Scaling, EC2 Auto Scaling, CloudWatch alarms. */
export const awsCliFormat: ManifestFormat = {
  title: 'AWS CLI JSON',
  kinds: ['aws'],
  extension: 'json',
  mark: /"(?:ScalingPolicies|ScalableTargets|ScheduledUpdateGroupActions|TargetTracking(?:ScalingPolicy)?Configuration|StepScalingPolicyConfiguration|PredictiveScaling(?:Policy)?Configuration|PredefinedMetric(?:Pair)?Specification|PolicyType|put-scaling-policy|AutoScalingGroupName)"\s*:/,
  claims: speaksOfAws,
  read(items) {
    const reading = new Reading();
    buildPolicies(reading, collectParts(items));
    return reading;
  },
  write(config, policy, options) {
    const { api, target, policies, alarms, actions, issues } = awsDocument(config, policy, options);
    const group = api === 'ec2';
    const commands = {
      [group ? 'update-auto-scaling-group' : 'register-scalable-target']: target,
      ...(policies.length > 0 && { 'put-scaling-policy': policies }),
      ...(alarms.length > 0 && { 'put-metric-alarm': alarms.map(({ data }) => data) }),
      ...(actions.length > 0 && { [group ? 'put-scheduled-update-group-action' : 'put-scheduled-action']: actions }),
    };
    return { text: `${JSON.stringify(commands, null, 2)}\n`, issues };
  },
};
