import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useStore } from 'zustand';
import { useSession } from '../app/session-context.ts';
import { commandsOf } from './commands.ts';
import { printKey } from './keys.ts';
import { openOverlay, overlayStore } from './overlays.ts';

/** Finds every action by its words. */
export function CommandPalette() {
  const open = useStore(overlayStore, (state) => state.open === 'palette');
  return (
    <Dialog.Root open={open} onOpenChange={(next) => openOverlay(next ? 'palette' : null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay-veil" />
        <Dialog.Content className="overlay-card palette" aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">Find an action</Dialog.Title>
          <PaletteBody />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody() {
  const commands = commandsOf(useSession()).filter(({ enabled, id }) => enabled && id !== 'palette');
  const groups = [...new Set(commands.map(({ group }) => group))];
  return (
    <Command label="Actions" loop>
      <Command.Input placeholder="Find an action, a policy, a scenario…" autoFocus />
      <Command.List>
        <Command.Empty>Nothing is called that. Try “run”, “export” or the name of a policy.</Command.Empty>
        {groups.map((group) => (
          <Command.Group key={group} heading={group}>
            {commands
              .filter((command) => command.group === group)
              .map((command) => (
                <Command.Item
                  key={command.id}
                  value={`${command.title} ${command.id}`}
                  onSelect={() => {
                    openOverlay(null);
                    command.run();
                  }}
                >
                  <span>{command.title}</span>
                  {command.keys?.[0] !== undefined && <kbd>{printKey(command.keys[0])}</kbd>}
                </Command.Item>
              ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}
