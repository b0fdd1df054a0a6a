import { explanationLines, timeLabel } from '../../../sim-core/index.ts';
import type { Decision } from '../../../sim-core/index.ts';
import { usePreferences, useRuns, useSession } from '../app/session-context.ts';

/** Puts the arithmetic of a decision on the clipboard, as text that can be read anywhere. */
export function CopyDecision({ policy, decision }: { policy: string; decision: Decision }) {
  const { messages } = useSession();
  const scenario = useRuns(({ shown }) => shown?.scenario);
  const timeMode = usePreferences((state) => state.timeMode);
  if (!scenario) return null;
  const copy = async (): Promise<void> => {
    const at = timeLabel(decision.time, [0, scenario.horizon], scenario.start, timeMode);
    const text = [`${scenario.name}, ${policy}, ${at}`, ...explanationLines(decision)].join('\n');
    try {
      await navigator.clipboard.writeText(text);
      messages.say('done', 'The arithmetic is on the clipboard.');
    } catch {
      messages.say('error', 'The clipboard may not be written to here. Select the text and copy it.');
    }
  };
  return (
    <button type="button" className="button button-small copy-decision" onClick={() => void copy()}>
      Copy as text
    </button>
  );
}
