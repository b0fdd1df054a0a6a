import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react';
import { themeVariables } from '../../charts/palette.ts';
import { usePreferences } from './session-context.ts';

const darkQuery = '(prefers-color-scheme: dark)';

function subscribe(listener: () => void): () => void {
  const query = matchMedia(darkQuery);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** The theme in use: what was chosen, or what the system says. */
export function useTheme(): 'light' | 'dark' {
  const choice = usePreferences(({ theme }) => theme);
  const systemIsDark = useSyncExternalStore(subscribe, () => matchMedia(darkQuery).matches);
  return choice === 'system' ? (systemIsDark ? 'dark' : 'light') : choice;
}

/** Puts the choice on the root element, where the colours hang. */
export function useThemeOnRoot(): void {
  const choice = usePreferences(({ theme }) => theme);
  const theme = useTheme();
  useLayoutEffect(() => {
    for (const [name, value] of Object.entries(themeVariables(theme)))
      document.documentElement.style.setProperty(name, value);
  }, [theme]);
  useEffect(() => {
    if (choice === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
  }, [choice]);
}
