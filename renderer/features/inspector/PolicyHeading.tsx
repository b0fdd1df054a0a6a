import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { MoreIcon } from '../app/icons.tsx';
import { useSession } from '../app/session-context.ts';
import { slotColour, useColours } from '../app/use-colours.ts';
import { addPolicy, removePolicy, renamePolicy, setBaseline } from './policy-edits.ts';

/** Which policy the form is about: its name can be changed in place, its menu does the rest. */
export function PolicyHeading({
  name,
  names,
  baseline,
}: {
  name: string;
  names: readonly string[];
  baseline: string | undefined;
}) {
  const session = useSession();
  const colours = useColours();
  const [typed, setTyped] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const commit = (): void => {
    if (typed === null) return;
    const problem = renamePolicy(session, name, typed);
    setTrouble(problem);
    if (problem === null) setTyped(null);
  };
  return (
    <header className="policy-heading">
      <span className="swatch" style={{ background: slotColour(colours.get(name)) }} />
      <input
        aria-label="Name of the policy"
        value={typed ?? name}
        data-typing={typed === null ? undefined : ''}
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape' && typed !== null) {
            event.stopPropagation();
            setTyped(null);
            setTrouble(null);
          }
        }}
      />
      {name === baseline && <span className="badge">baseline</span>}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="icon-button" aria-label={`More for ${name}`}>
          <MoreIcon />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
            <DropdownMenu.Item onSelect={() => setBaseline(session, name)} disabled={name === baseline}>
              Compare the others with this one
            </DropdownMenu.Item>
            <DropdownMenu.Item onSelect={() => addPolicy(session)}>Duplicate</DropdownMenu.Item>
            <DropdownMenu.Item onSelect={() => removePolicy(session, name)} disabled={names.length < 2}>
              Take out of the comparison
            </DropdownMenu.Item>
            <DropdownMenu.Separator />
            <DropdownMenu.Label>Edit another</DropdownMenu.Label>
            {names.map((other) => (
              <DropdownMenu.CheckboxItem
                key={other}
                checked={other === name}
                onSelect={() => session.view.setPolicy(other)}
              >
                <span className="swatch" style={{ background: slotColour(colours.get(other)) }} />
                {other}
              </DropdownMenu.CheckboxItem>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {trouble !== null && (
        <p className="field-trouble" role="alert">
          {trouble}
        </p>
      )}
    </header>
  );
}
