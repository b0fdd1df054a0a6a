import type { Command } from './commands.ts';

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** A key as printed for people: `Ctrl K`, `⌘K`. */
export function printKey(key: string): string {
  const parts = key.split('+').map((part) => {
    if (part === 'Mod') return isMac ? '⌘' : 'Ctrl';
    if (part === 'Shift') return isMac ? '⇧' : 'Shift';
    if (part === 'Enter') return '↵';
    return part;
  });
  return parts.join(isMac ? '' : ' ');
}

/** What was pressed, in the words of Command.keys. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  if (event.altKey) return '';
  const modified = isMac ? event.metaKey : event.ctrlKey;
  const name = event.key === 'Escape' ? 'Esc' : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (!modified) return event.ctrlKey || event.metaKey ? '' : name;
  return `Mod+${event.shiftKey ? 'Shift+' : ''}${name}`;
}

/** Whether what has the focus takes letters itself. */
export function takesLetters(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type);
}

/** Whether the arrow keys mean something where the focus is: a slider, a list of tabs, a menu, a table. */
export function takesArrows(event: KeyboardEvent): boolean {
  if (!event.key.startsWith('Arrow') || !(event.target instanceof Element)) return false;
  return (
    event.target.closest(
      '[role="slider"], [role="tablist"], [role="menu"], [role="separator"], [role="grid"], .tab-panel, input',
    ) !== null
  );
}

/** The command a key press means, if any. Plain letters never fire while text is being typed. */
export function commandFor(event: KeyboardEvent, commands: readonly Command[]): Command | undefined {
  const key = keyOf(event);
  if (key === '') return undefined;
  // While something is being typed into a field, undo is about the letters.
  const typing =
    event.target !== null && 'dataset' in event.target && (event.target as HTMLElement).dataset.typing !== undefined;
  if (typing && ['Mod+Z', 'Mod+Shift+Z', 'Mod+Y'].includes(key)) return undefined;
  if (!key.startsWith('Mod+') && takesLetters(event.target)) return undefined;
  return commands.find((command) => command.enabled && command.keys?.includes(key));
}
