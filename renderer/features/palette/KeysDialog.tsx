import { Dialog } from 'radix-ui';
import { useStore } from 'zustand';
import { CloseIcon } from '../app/icons.tsx';
import { useSession } from '../app/session-context.ts';
import { commandsOf } from './commands.ts';
import { timeKeys } from '../../charts/time-keys.ts';
import { printKey } from './keys.ts';
import { openOverlay, overlayStore } from './overlays.ts';

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
        <h3>Time</h3>
        <dl>
          {timeKeys.map(({ keys, does }) => (
            <div key={does}>
              <dt>{does}</dt>
              <dd>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
