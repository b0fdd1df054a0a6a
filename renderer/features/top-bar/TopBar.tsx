import { isDirty } from '../../stores/documents.ts';
import type { ThemeChoice } from '../../platform/contract.ts';
import { Hint } from '../app/Hint.tsx';
import { LeftPanelIcon, LogoIcon, MoonIcon, RightPanelIcon, SunIcon, SystemThemeIcon } from '../app/icons.tsx';
import { useDocuments, usePreferences, useRuns, useSession } from '../app/session-context.ts';
import { narrowWidth, useWindowSize } from '../app/use-window-size.ts';
import { ExportMenu } from '../export/ExportMenu.tsx';
import { printKey } from '../palette/keys.ts';
import { openOverlay } from '../palette/overlays.ts';
import { RunStatus } from './RunStatus.tsx';

const nextTheme: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'light', light: 'dark', dark: 'system' };
const themeIcons = { system: SystemThemeIcon, light: SunIcon, dark: MoonIcon };
const themeNames = { system: 'as the system', light: 'light', dark: 'dark' };

export function TopBar() {
  const session = useSession();
  const { view } = session;
  const document = useDocuments(({ documents, activeId }) => documents.find(({ id }) => id === activeId));
  const canRun = useDocuments(({ parsed }) => parsed.scenario !== undefined);
  const running = useRuns(({ activity }) => activity !== null);
  const preferences = usePreferences((state) => state);
  const { width } = useWindowSize();
  const narrow = width < narrowWidth;
  const libraryKey = narrow ? 'libraryOpenNarrow' : 'libraryOpen';
  const ThemeIcon = themeIcons[preferences.theme];
  return (
    <header className="top-bar">
      <Hint text={preferences[libraryKey] ? 'Hide the library' : 'Show the library'} keyName="[">
        <button
          type="button"
          className="icon-button"
          aria-label="Library"
          aria-pressed={preferences[libraryKey]}
          onClick={() => view.prefer({ [libraryKey]: !preferences[libraryKey] })}
        >
          <LeftPanelIcon />
        </button>
      </Hint>
      <div className="brand">
        <LogoIcon />
        <h1>Headroom</h1>
      </div>
      {document && (
        <div className="document-name">
          <span>{document.fileName}</span>
          {isDirty(document) && (
            <Hint text="Edited; kept here, not yet saved to a file" keyName="Mod+S">
              <span className="dirty-dot" role="img" aria-label="edited" />
            </Hint>
          )}
        </div>
      )}
      <div className="spacer" />
      <RunStatus />
      <div className="top-actions">
        <ExportMenu />
        <Hint
          text={canRun ? 'Run the comparison' : 'Mend the scenario first; its errors are marked'}
          keyName="Mod+Enter"
        >
          <button
            type="button"
            className="button button-primary"
            aria-disabled={!canRun}
            onClick={() => canRun && session.run()}
          >
            {running ? 'Run again' : 'Run'}
          </button>
        </Hint>
        <Hint text="Find an action" keyName="Mod+K">
          <button
            type="button"
            className="button button-small"
            aria-label="Find an action"
            onClick={() => openOverlay('palette')}
          >
            <span className="quiet">{printKey('Mod+K')}</span>
          </button>
        </Hint>
        <Hint text={`Colours: ${themeNames[preferences.theme]}`}>
          <button
            type="button"
            className="icon-button"
            aria-label={`Colours: ${themeNames[preferences.theme]}`}
            onClick={() => view.prefer({ theme: nextTheme[preferences.theme] })}
          >
            <ThemeIcon />
          </button>
        </Hint>
        <Hint text={preferences.inspectorOpen ? 'Hide the inspector' : 'Show the inspector'} keyName="]">
          <button
            type="button"
            className="icon-button"
            aria-label="Inspector"
            aria-pressed={preferences.inspectorOpen}
            onClick={() => view.prefer({ inspectorOpen: !preferences.inspectorOpen })}
          >
            <RightPanelIcon />
          </button>
        </Hint>
      </div>
    </header>
  );
}
