import { useEffect, useState } from 'react';
import { openedFiles } from '../../platform/browser-platform.ts';
import { useSession } from '../app/session-context.ts';
import { takeIn } from './intake.ts';

const hasFiles = (event: DragEvent): boolean => [...(event.dataTransfer?.types ?? [])].includes('Files');

/** The whole window takes files. */
export function DropZone() {
  const session = useSession();
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const move = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      takeIn(session, openedFiles(event.dataTransfer?.files ?? [])).catch((error: unknown) =>
        session.messages.say('error', `The files could not be read (${String(error)}). Drop files, not folders.`),
      );
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', move);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', move);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [session]);
  if (!over) return null;
  return (
    <div className="drop-veil" aria-hidden="true">
      <div>
        <strong>Drop it anywhere</strong>
        <p>
          A trace or a log (gz and zst too), a scenario, the manifest of an autoscaler or a policy in TypeScript or
          JavaScript. It stays on this machine.
        </p>
      </div>
    </div>
  );
}
