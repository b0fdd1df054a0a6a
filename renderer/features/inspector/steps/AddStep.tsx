import { DropdownMenu } from 'radix-ui';
import { PlusIcon } from '../../app/icons.tsx';
import { stepKinds, stepNames, type StepName } from './step-kinds.ts';

/** The menu of steps, each with a line of what it does. */
export function AddStep({ onOpen, onAdd }: { onOpen: () => void; onAdd: (name: StepName) => void }) {
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(isOpen) => isOpen && onOpen()}>
      <DropdownMenu.Trigger className="button button-small">
        <PlusIcon />
        Add a step
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu steps-menu" align="start" sideOffset={4} collisionPadding={8}>
          {stepNames.map((name) => (
            <DropdownMenu.Item key={name} onSelect={() => onAdd(name)} textValue={stepKinds[name].title}>
              <span>
                {stepKinds[name].title}
                <small>{stepKinds[name].does}</small>
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
