import { Dialog } from 'radix-ui';
import { useStore } from 'zustand';
import { CloseIcon } from '../app/icons.tsx';
import { useSession } from '../app/session-context.ts';
import { commandsOf } from './commands.ts';
import { printKey } from './keys.ts';
import { openOverlay, overlayStore } from './overlays.ts';

/** Keys that belong to a part of the window rather than to a command. */
const chartKeys: readonly (readonly [keys: string, title: string])[] = [
  ['Wheel', 'Zoom about the pointer'],
  ['Drag', 'Select a stretch of time'],
  ['Shift Drag', 'Pan'],
  ['← →', 'Move the crosshair, in focused lanes'],
  ['Double click', 'Show the whole time'],
];

/** All keys at a glance. */
export function KeysDialog() {
  const open = useStore(overlayStore, (state) => state.open === 'keys');
  return (
    <Dialog.Root open={open} onOpenChange={(next) => openOverlay(next ? 'keys' : null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay-veil" />
        <Dialog.Content className="overlay-card keys-card" aria-describedby={undefined}>
          <header>
            <Dialog.Title>Keys</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <CloseIcon />
            </Dialog.Close>
          </header>
          <KeyList />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function KeyList() {
  const commands = commandsOf(useSession()).filter(({ keys }) => keys !== undefined);
  const groups = [...new Set(commands.map(({ group }) => group))];
  return (
    <div className="keys-columns">
      {groups.map((group) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl>
            {commands
              .filter((command) => command.group === group)
              .map((command) => (
                <div key={command.id}>
                  <dt>{command.title}</dt>
                  <dd>
                    {command.keys?.map((key) => (
                      <kbd key={key}>{printKey(key)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
      <section>
        <h3>Lanes</h3>
        <dl>
          {chartKeys.map(([keys, title]) => (
            <div key={keys}>
              <dt>{title}</dt>
              <dd>
                <kbd>{keys}</kbd>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
