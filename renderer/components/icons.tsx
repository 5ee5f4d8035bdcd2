/** The few drawings of the interface; decoration only, so hidden from screen readers. */
import type { ReactElement } from 'react';

export function Logo(): ReactElement {
  return (
    <svg className="logo" viewBox="0 0 32 24" width="30" height="22" aria-hidden="true">
      <circle cx="9" cy="12" r="6" fill="none" className="logo-lamp" strokeWidth="3" />
      <path
        d="M19 8 L30 3.5 M19.5 12 L31 12 M19 16 L30 20.5"
        className="logo-beam"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  );
}

const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.6,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

export function Chevron(): ReactElement {
  return (
    <svg className="chevron" viewBox="0 0 10 6" width="9" height="6" aria-hidden="true" {...stroke}>
      <path d="M1 1 L5 5 L9 1" />
    </svg>
  );
}

export function Gear(): ReactElement {
  return (
    <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true" {...stroke}>
      <path d="M3 5 H11 M15 5 H17 M3 10 H5 M9 10 H17 M3 15 H12 M16 15 H17" />
      <circle cx="13" cy="5" r="1.9" />
      <circle cx="7" cy="10" r="1.9" />
      <circle cx="14" cy="15" r="1.9" />
    </svg>
  );
}

export function Clock(): ReactElement {
  return (
    <svg viewBox="0 0 14 14" width="13" height="13" aria-hidden="true" {...stroke}>
      <circle cx="7" cy="7" r="5.6" />
      <path d="M7 4 V7.2 L9.2 8.6" />
    </svg>
  );
}

export function Cross(): ReactElement {
  return (
    <svg viewBox="0 0 10 10" width="9" height="9" aria-hidden="true" {...stroke}>
      <path d="M1 1 L9 9 M9 1 L1 9" />
    </svg>
  );
}

export function Pencil(): ReactElement {
  return (
    <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true" {...stroke}>
      <path d="M1.5 10.5 L2.2 7.8 L8.4 1.6 L10.4 3.6 L4.2 9.8 Z M7.2 2.8 L9.2 4.8" />
    </svg>
  );
}

export function Check(): ReactElement {
  return (
    <svg className="check" viewBox="0 0 12 10" width="11" height="9" aria-hidden="true" {...stroke}>
      <path d="M1 5 L4.5 8.5 L11 1" />
    </svg>
  );
}
