import type { Decision } from '../contract.ts';
import type { StageRule } from '../pipeline.ts';
import { secondsInWords } from '../words.ts';
import type { GuardsConfig } from './config.ts';

type Approval = NonNullable<GuardsConfig['approval']>;

/** A change somebody has been asked to approve. */
export interface ApprovalRequest {
  readonly grows: boolean;
  /** s: since when it is asked for without interruption */
  readonly since: number;
}

const stageName = 'guard-approval';

/**
 * A change of more than `above` replicas waits until it has been asked for, in the same direction and without
 * interruption, for `after`; then it is made as it is wished at that moment. Until then the count stays as it is: a
 * smaller step meanwhile, again and again, would go around the approval. With `after: never` it is refused as long as
 * it is that large.
 */
export function approvalRule(
  { above, after }: Approval,
  current: number,
  request: ApprovalRequest | null,
  now: number,
): StageRule {
  return {
    name: stageName,
    apply(input) {
      const size = Math.abs(input - current);
      if (size <= above) {
        return { output: input, reason: 'NoneNeeded', detail: `Up to ${above} need no approval: ${input}` };
      }
      if (after === 'never') {
        const detail = `A change of ${size} is more than ${above} and refused: ${input} → ${current}`;
        return { output: current, reason: 'Refused', detail };
      }
      const waited = isFor(request, input > current) ? now - request.since : 0;
      if (waited >= after) {
        const detail = `A change of ${size} approved after ${secondsInWords(waited)}: ${input}`;
        return { output: input, reason: 'Approved', detail };
      }
      const detail = `A change of ${size} waits for approval, ${secondsInWords(waited)} of ${secondsInWords(after)}: ${input} → ${current}`;
      return { output: current, reason: 'AwaitingApproval', detail };
    },
  };
}

/** The request that stands after a decision; it ends once the change was made, and with a small or opposite wish. */
export function requestAfter(
  { stages, time, current }: Decision,
  { above }: Approval,
  request: ApprovalRequest | null,
): ApprovalRequest | null {
  const input = stages.find(({ name }) => name === stageName)?.input ?? current;
  if (Math.abs(input - current) <= above) return null;
  const grows = input > current;
  return isFor(request, grows) ? request : { grows, since: time };
}

function isFor(request: ApprovalRequest | null, grows: boolean): request is ApprovalRequest {
  return request !== null && request.grows === grows;
}
