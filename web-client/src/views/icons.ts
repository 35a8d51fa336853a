import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Line icons on a grid of 24 by 24, in the colour of the surrounding text. */
const shapes = {
  chat: svg`<path d="M21 12a8 8 0 0 1-8 8H4l1.6-3.2A8 8 0 1 1 21 12Z"/><path d="M9 11h7M9 14.5h4"/>`,
  close: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
  back: svg`<path d="M14.5 5.5 8 12l6.5 6.5"/>`,
  people: svg`<circle cx="9" cy="8" r="3.4"/><path d="M2.8 19.5c.4-3.6 2.9-5.6 6.2-5.6s5.8 2 6.2 5.6M16 5a3.3 3.3 0 0 1 0 6.2M17.6 14.3c2.1.7 3.4 2.5 3.6 5.2"/>`,
  list: svg`<path d="M4 6.5h16M4 12h16M4 17.5h10"/>`,
  search: svg`<circle cx="10.8" cy="10.8" r="6"/><path d="m15.4 15.4 4.6 4.6"/>`,
  send: svg`<path d="M4.5 12 3.6 4.6c-.1-.8.7-1.4 1.4-1.1l15.4 7.3c.8.4.8 1.5 0 1.9L5 20c-.7.3-1.5-.3-1.4-1.1L4.5 12Zm0 0h7.5"/>`,
  clip: svg`<path d="m20 11.5-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8"/>`,
  smile: svg`<circle cx="12" cy="12" r="8.5"/><path d="M8.5 14.2c.8 1.2 2 1.9 3.5 1.9s2.7-.7 3.5-1.9M9 9.5v.6M15 9.5v.6"/>`,
  more: svg`<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="3"/>`,
  down: svg`<path d="M12 5v14M6 13l6 6 6-6"/>`,
  bell: svg`<path d="M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10ZM10 20a2.2 2.2 0 0 0 4 0"/>`,
  bellOff: svg`<path d="M8.2 5.3A6 6 0 0 1 18 10c0 2.3.4 3.9.9 5M16.5 16.5H4S6 15 6 10c0-.6.1-1.2.2-1.7M10 20a2.2 2.2 0 0 0 4 0M4 4l16 16"/>`,
  sound: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM15.5 9a4 4 0 0 1 0 6M18 6.5a7.6 7.6 0 0 1 0 11"/>`,
  soundOff: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM16 9.5l5 5M21 9.5l-5 5"/>`,
  archive: svg`<path d="M4 8.5h16M5 8.5V18a1.5 1.5 0 0 0 1.5 1.5h11A1.5 1.5 0 0 0 19 18V8.5M3.5 4.5h17v4h-17zM10 12.5h4"/>`,
  pencil: svg`<path d="m14.5 5.5 4 4M4 20l.8-4L16 4.8a1.7 1.7 0 0 1 2.4 0l.8.8a1.7 1.7 0 0 1 0 2.4L8 19.2 4 20Z"/>`,
  leave: svg`<path d="M14 4.5H6.5A1.5 1.5 0 0 0 5 6v12a1.5 1.5 0 0 0 1.5 1.5H14M10 12h10M16.5 8l4 4-4 4"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  minus: svg`<path d="M5 12h14"/>`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
  checks: svg`<path d="m2.5 12.5 4.5 4.5L16.5 7.5M11.5 15.5 13 17l9-9.5"/>`,
  clock: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>`,
  alert: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.8v5M12 16v.1"/>`,
  file: svg`<path d="M13.5 3.5h-7A1.5 1.5 0 0 0 5 5v14a1.5 1.5 0 0 0 1.5 1.5h11A1.5 1.5 0 0 0 19 19V9l-5.5-5.5ZM13.5 3.5V9H19"/>`,
  download: svg`<path d="M12 4v11M7 10.5l5 5 5-5M5 19.5h14"/>`,
  retry: svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4.5V9H15"/>`,
  trash: svg`<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7"/>`,
  crown: svg`<path d="M4 18.5h16M4.5 15.5 3.5 7l5 3.5L12 5l3.5 5.5 5-3.5-1 8.5h-15Z"/>`,
  shield: svg`<path d="M12 3.5 5 6v5.5c0 4.2 2.9 7.6 7 9 4.1-1.4 7-4.8 7-9V6l-7-2.5Z"/>`,
  settings: svg`<circle cx="12" cy="12" r="3"/><path d="M12 3.5v2.2M12 18.3v2.2M3.5 12h2.2M18.3 12h2.2M6 6l1.6 1.6M16.4 16.4 18 18M18 6l-1.6 1.6M7.6 16.4 6 18"/>`,
  offline: svg`<path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 6-.7M5 12a10 10 0 0 1 4.5-2.5M13.5 9.1A10 10 0 0 1 19 12M2 8.5A14.5 14.5 0 0 1 6.5 5.8M11 4.6a14.5 14.5 0 0 1 11 3.9M12 19.5v.1"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type Icon = keyof typeof shapes;

export function icon(name: Icon): TemplateResult {
  return html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true">${shapes[name]}</svg>`;
}
