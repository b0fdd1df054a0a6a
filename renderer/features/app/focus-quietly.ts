import type { MouseEvent } from 'react';

/**
 * For `onMouseDown` of a tab: the focus goes there without its ring, which is for those who came by the keyboard. Tabs set the
 * focus by script, and a browser then shows the ring whatever was pressed.
 */
export function focusQuietly(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.focus({ preventScroll: true, focusVisible: false } as FocusOptions);
}
