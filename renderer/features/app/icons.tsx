import type { ReactNode } from 'react';

/** Line icons of one family: 16 px, 1.5 px strokes, the colour of the text around them. */
function icon(paths: ReactNode) {
  return function Icon() {
    return (
      <svg
        width="16"
        height="16"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {paths}
      </svg>
    );
  };
}

export const LogoIcon = () => (
  <svg width="16" height="16" viewBox="0 0 16 16" fill="none" strokeWidth="2" strokeLinecap="round" aria-hidden="true">
    <path d="M2 5h12" stroke="var(--accent)" />
    <path d="M2 11h12" stroke="currentColor" />
  </svg>
);

export const LeftPanelIcon = icon(
  <>
    <rect x="2" y="3" width="12" height="10" rx="1.5" />
    <path d="M6 3v10" />
  </>,
);
export const RightPanelIcon = icon(
  <>
    <rect x="2" y="3" width="12" height="10" rx="1.5" />
    <path d="M10 3v10" />
  </>,
);
export const SunIcon = icon(
  <>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M3.6 12.4l1-1M11.4 4.6l1-1" />
  </>,
);
export const MoonIcon = icon(<path d="M13 9.6A5.5 5.5 0 0 1 6.4 3 5.5 5.5 0 1 0 13 9.6Z" />);
export const SystemThemeIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.3" />
    <path d="M8 2.7v10.6A5.3 5.3 0 0 0 8 2.7Z" fill="currentColor" />
  </>,
);
export const EyeIcon = icon(
  <>
    <path d="M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8Z" />
    <circle cx="8" cy="8" r="1.8" />
  </>,
);
export const EyeOffIcon = icon(
  <>
    <path d="M6.2 4A6 6 0 0 1 8 3.8C12 3.8 14.2 8 14.2 8a11 11 0 0 1-1.7 2.2M4 5.4A10.6 10.6 0 0 0 1.8 8S4 12.2 8 12.2c.8 0 1.5-.2 2.2-.4M2.5 2.5l11 11" />
  </>,
);
export const UndoIcon = icon(<path d="M6 3.5 3 6.5l3 3M3.4 6.5h6a3.4 3.4 0 0 1 0 6.8H6.5" />);
export const RedoIcon = icon(<path d="M10 3.5l3 3-3 3M12.6 6.5h-6a3.4 3.4 0 0 0 0 6.8h2.9" />);
export const CloseIcon = icon(<path d="M4 4l8 8M12 4l-8 8" />);
export const ChevronIcon = icon(<path d="M6 4l4 4-4 4" />);
export const PlusIcon = icon(<path d="M8 3.5v9M3.5 8h9" />);
export const MoreIcon = icon(
  <>
    <circle cx="3.5" cy="8" r=".6" fill="currentColor" />
    <circle cx="8" cy="8" r=".6" fill="currentColor" />
    <circle cx="12.5" cy="8" r=".6" fill="currentColor" />
  </>,
);
export const CheckIcon = icon(<path d="M3.5 8.5l3 3 6-7" />);
