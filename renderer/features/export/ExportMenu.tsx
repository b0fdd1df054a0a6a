import { DropdownMenu } from 'radix-ui';
import { useDocuments, useRuns, useSession, useView } from '../app/session-context.ts';
import { exportItems } from './export-items.ts';

/** Everything that can be taken out, as files. */
export function ExportMenu() {
  const session = useSession();
  // What is offered depends on these.
  useRuns(({ shown }) => shown);
  useView(({ policy }) => policy);
  useDocuments(({ activeId }) => activeId);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button">Export</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          {exportItems(session).map(({ id, title, note, available, run }) => (
            <DropdownMenu.Item key={id} disabled={!available} onSelect={run}>
              <span>{title}</span>
              <span className="quiet note">{note}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
