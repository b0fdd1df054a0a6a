import { Toast } from 'radix-ui';
import { useStore } from 'zustand';
import { Prose } from '../app/Prose.tsx';
import { CloseIcon } from '../app/icons.tsx';
import { useSession } from '../app/session-context.ts';

const shownFor = 6000;

/** Short words at the lower edge: what happened, and what to do about it. Errors stay until dismissed. */
export function Messages() {
  const { messages } = useSession();
  const list = useStore(messages.store, (state) => state.messages);
  return (
    <Toast.Provider label="Message" swipeDirection="right">
      {list.map(({ id, kind, text, action }) => (
        <Toast.Root
          key={id}
          className={`message message-${kind}`}
          duration={kind === 'error' ? Infinity : shownFor}
          type={kind === 'error' ? 'foreground' : 'background'}
          onOpenChange={(open) => {
            if (!open) messages.dismiss(id);
          }}
        >
          <Toast.Description>
            <Prose text={text} />
          </Toast.Description>
          {action && (
            <Toast.Action className="link" altText={action.label} onClick={() => action.run()}>
              {action.label}
            </Toast.Action>
          )}
          <Toast.Close className="icon-button" aria-label="Dismiss">
            <CloseIcon />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="messages" label="Messages ({hotkey})" />
    </Toast.Provider>
  );
}
