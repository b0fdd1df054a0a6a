import { useDocuments, useRuns, useSession } from './session-context.ts';

/** Whether the numbers on screen answer an earlier text than the one on the desk. */
export function useStale(): boolean {
  const session = useSession();
  useDocuments(({ parsed }) => parsed);
  useDocuments(({ activeId }) => activeId);
  useRuns(({ shown }) => shown);
  return session.isStale();
}
