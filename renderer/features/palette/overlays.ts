import { createStore } from 'zustand/vanilla';

export type Overlay = 'palette' | 'keys' | 'calculator' | 'prometheus' | null;

/** Which overlay lies over the workbench; one at a time. */
export const overlayStore = createStore<{ readonly open: Overlay }>(() => ({ open: null }));
export const openOverlay = (open: Overlay): void => overlayStore.setState({ open });
