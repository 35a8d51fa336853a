import { html, type TemplateResult } from 'lit';

// Bidirectional control characters, such as the right-to-left override U+202E, can make a name look like another one
// and can turn the text around it. Names, titles and links are shown without them, and isolated from their neighbours.

const controls = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const firstStrongIsolate = '\u2068';
const popDirectionalIsolate = '\u2069';

/** The text without bidirectional control characters. */
export function withoutControls(text: string): string {
  return text.replace(controls, '');
}

/** A name or title, as an element that is isolated from the text around it. */
export function isolated(text: string): TemplateResult {
  return html`<bdi>${withoutControls(text)}</bdi>`;
}

/** A name or title inside a sentence that has no markup, such as a label. */
export function embedded(text: string): string {
  const plain = withoutControls(text);
  return rightToLeft.test(plain) ? firstStrongIsolate + plain + popDirectionalIsolate : plain;
}
