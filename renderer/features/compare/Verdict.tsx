import { Popover } from 'radix-ui';
import type { PolicyResult } from '../../../sim-core/index.ts';
import { Prose } from '../app/Prose.tsx';

/** The short word for how a policy did; its reasons are a click away. */
export function verdictOf({ slo, stability, example }: PolicyResult): {
  readonly word: string;
  /** A second thing that is wrong, said below. */
  readonly also: string | null;
  readonly wrong: boolean;
  readonly reasons: readonly string[];
} {
  const reasons = [...slo.misses, ...stability.reasons];
  if (example.stoppedEarly)
    return { word: 'stopped early', also: null, wrong: true, reasons: [example.stoppedEarly.reason, ...reasons] };
  if (!slo.met) return { word: 'SLO not met', also: stability.stable ? null : 'and flaps', wrong: true, reasons };
  if (!stability.stable) return { word: 'flaps', also: null, wrong: true, reasons };
  return { word: 'stable', also: null, wrong: false, reasons };
}

export function Verdict({ result }: { result: PolicyResult }) {
  const { word, also, wrong, reasons } = verdictOf(result);
  const sentence = also === null ? word : `${word} ${also}`;
  return (
    <Popover.Root>
      <Popover.Trigger
        className={`verdict ${wrong ? 'verdict-wrong' : 'verdict-good'}`}
        aria-label={`${result.policy}: ${sentence}. Show why`}
        onClick={(event) => event.stopPropagation()}
      >
        {word}
      </Popover.Trigger>
      {also !== null && <div className="verdict-also">{also}</div>}
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
            {result.policy}: {sentence}
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
