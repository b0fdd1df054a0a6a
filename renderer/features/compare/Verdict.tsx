import { Popover } from 'radix-ui';
import type { PolicyResult } from '../../../sim-core/index.ts';
import { Prose } from '../app/Prose.tsx';

/** The short word for how a policy did; its reasons are a click away. */
export function verdictOf({ slo, stability, example }: PolicyResult): {
  readonly word: string;
  readonly wrong: boolean;
  readonly reasons: readonly string[];
} {
  const reasons = [...slo.misses, ...stability.reasons];
  if (example.stoppedEarly)
    return { word: 'stopped early', wrong: true, reasons: [example.stoppedEarly.reason, ...reasons] };
  if (!slo.met && !stability.stable) return { word: 'SLO not met, flaps', wrong: true, reasons };
  if (!slo.met) return { word: 'SLO not met', wrong: true, reasons };
  if (!stability.stable) return { word: 'flaps', wrong: true, reasons };
  return { word: 'stable', wrong: false, reasons };
}

export function Verdict({ result }: { result: PolicyResult }) {
  const { word, wrong, reasons } = verdictOf(result);
  return (
    <Popover.Root>
      <Popover.Trigger
        className={`verdict ${wrong ? 'verdict-wrong' : 'verdict-good'}`}
        aria-label={`${result.policy}: ${word}. Show why`}
        onClick={(event) => event.stopPropagation()}
      >
        {word}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={10}
          onClick={(event) => event.stopPropagation()}
        >
          <strong>
            {result.policy}: {word}
          </strong>
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>
                <Prose text={reason} />
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
