import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { DocumentsState } from '../../stores/documents.ts';
import type { RunsState } from '../../stores/runs.ts';
import type { Preferences, ViewState } from '../../stores/view.ts';
import type { Session } from '../../session.ts';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('A part of the workbench stands outside its session.');
  return session;
}

/** A slice of what is on the desk; the selector must return something stable. */
export const useDocuments = <T>(select: (state: DocumentsState) => T): T =>
  useStore(useSession().documents.store, select);
export const useRuns = <T>(select: (state: RunsState) => T): T => useStore(useSession().runs.store, select);
export const useView = <T>(select: (state: ViewState) => T): T => useStore(useSession().view.store, select);
export const usePreferences = <T>(select: (state: Preferences) => T): T =>
  useStore(useSession().view.preferences, select);
