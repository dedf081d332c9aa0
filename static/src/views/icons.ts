/** Inline icons: 16 px strokes in the colour of the text. Drawn from constants, never from data. */
const stroke = (path: string): string =>
  `<svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${path}</svg>`;

const ICONS = {
  next: stroke('<path d="M6 3l5 5-5 5"/>'),
  back: stroke('<path d="M10 3L5 8l5 5"/>'),
  home: stroke('<path d="M12 3L7 8l5 5M3.5 3v10"/>'),
  down: stroke('<path d="M3.5 6L8 10.5 12.5 6"/>'),
  close: stroke('<path d="M4 4l8 8M12 4l-8 8"/>'),
  pencil: stroke('<path d="M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3z"/>'),
  table: stroke('<path d="M2.5 3.5h11v9h-11zM2.5 6.8h11M6.5 3.5v9"/>'),
  chart: stroke('<path d="M2.5 2.5v11h11M5 10l3-4 2.2 2L13 4.5"/>'),
  reset: stroke('<path d="M3 8a5 5 0 1 0 1.6-3.7M3 2.8v3h3"/>'),
  share: stroke('<path d="M6.5 9.5l3-3M7 4.5l1.6-1.6a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5l-1.6 1.6a2.8 2.8 0 0 1-4-4L5 7.5"/>'),
  plus: stroke('<path d="M8 3v10M3 8h10"/>'),
  minus: stroke('<path d="M3 8h10"/>'),
  present: stroke('<path d="M2 3h12v8H2zM8 11v2.5M5.5 13.5h5"/>'),
  follow: stroke('<path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="1.6"/>'),
  play: '<svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16" fill="currentColor"><path d="M4 2.5v11l9-5.5z"/></svg>',
  pause: '<svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16" fill="currentColor"><path d="M4 3h3v10H4zM9 3h3v10H9z"/></svg>',
  theme: '<svg aria-hidden="true" width="18" height="18" viewBox="0 0 18 18"><circle cx="9" cy="9" r="6.5" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M9 2.5a6.5 6.5 0 010 13z" fill="currentColor"/></svg>',
  help: '<svg aria-hidden="true" width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"><path d="M6.4 6.6a2.7 2.7 0 1 1 4 2.4c-.9.5-1.4 1-1.4 2.1"/><path d="M9 14.2v.1"/></svg>',
  logo: '<svg aria-hidden="true" width="26" height="20" viewBox="0 0 26 20"><path d="M4 5L22 5M4 15L22 5M4 5L22 15M4 15L22 15" stroke="var(--plus)" stroke-width="1.6"/><g fill="var(--card)" stroke="var(--ink)" stroke-width="1.8"><circle cx="4" cy="5" r="3"/><circle cx="4" cy="15" r="3"/><circle cx="22" cy="15" r="3"/></g><circle cx="22" cy="5" r="3.2" fill="var(--now)"/></svg>',
} as const;

export type Icon = keyof typeof ICONS;

export function icon(name: Icon): Element {
  const template = document.createElement('template');
  template.innerHTML = ICONS[name];
  return template.content.firstElementChild as Element;
}
