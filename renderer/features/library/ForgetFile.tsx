import { CloseIcon } from '../app/icons.tsx';
import { useSession } from '../app/session-context.ts';

/** Takes a file out of what was dropped. `label` is what the list calls it. */
export function ForgetFile({ name, label }: { readonly name: string; readonly label: string }) {
  const { traces } = useSession();
  return (
    <button
      type="button"
      className="icon-button row-action"
      aria-label={`Forget ${label}`}
      onClick={() => void traces.remove(name)}
    >
      <CloseIcon />
    </button>
  );
}
