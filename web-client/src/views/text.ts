import { html, type TemplateResult } from 'lit';

// A link ends at a bidirectional control character, and is isolated from the text around it, so that its address is
// shown as it is. Message texts are rendered by Lit's text bindings, never as markup. Only http, https and mailto URLs become links.
const linkPattern =
  /\b(?:https?:\/\/|mailto:|www\.)[^\s<>"'“”«»\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
const trailing = /[.,;:!?…)\]}'"]+$/u;

export interface TextPart {
  text: string;
  href: string | null;
}

export function splitLinks(content: string): TextPart[] {
  const pieces: TextPart[] = [];
  let end = 0;
  for (const match of content.matchAll(linkPattern)) {
    const text = withoutTrailing(match[0]);
    const href = hrefOf(text);
    if (href === null) continue;
    if (match.index > end) pieces.push({ text: content.slice(end, match.index), href: null });
    pieces.push({ text, href });
    end = match.index + text.length;
  }
  if (end < content.length) pieces.push({ text: content.slice(end), href: null });
  return pieces;
}

export function richText(content: string): TemplateResult[] {
  return splitLinks(content).map(({ text, href }) =>
    href === null
      ? html`${text}`
      : html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow"><bdi dir="ltr">${text}</bdi></a>`,
  );
}

/** Up to three emoji without other text are shown large. */
export function isBigEmoji(content: string): boolean {
  return /^(?:\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*\s*){1,3}$/u.test(
    content,
  );
}

/** The length in Unicode code points, as the gateway counts it. */
export function codePoints(text: string): number {
  return Array.from(text).length;
}

function withoutTrailing(text: string): string {
  const cut = text.replace(trailing, '');
  const opened = (cut.match(/\(/g) ?? []).length;
  const closed = (cut.match(/\)/g) ?? []).length;
  return opened > closed && text[cut.length] === ')' ? text.slice(0, cut.length + 1) : cut;
}

function hrefOf(text: string): string | null {
  const full = /^www\./i.test(text) ? `https://${text}` : /^[^:/]+@/.test(text) ? `mailto:${text}` : text;
  try {
    const url = new URL(full);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
