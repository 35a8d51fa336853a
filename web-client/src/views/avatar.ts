import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icons.ts';

/** The number of avatar colours. Each has a contrast of at least 4.5:1 to white letters. */
const colourCount = 12;

/** A person or group has the same colour on every page and device. */
export function colourOf(id: string): number {
  let hash = 2166136261;
  for (let index = 0; index < id.length; index++) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 16777619);
  }
  return (hash >>> 0) % colourCount;
}

/** The first letters of the first and the last word, with their combining marks, in any script. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s@._-]+/)
    .filter((word) => /[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) =>
    word ? firstCharacter(word) : '',
  );
  return letters.join('').toLocaleUpperCase() || '?';
}

export function avatar(id: string, name: string, online: boolean | null = null, size = ''): TemplateResult {
  return html`<span class="avatar colour-${colourOf(id)} ${size}" part="avatar" aria-hidden="true"
    >${initialsOf(name)}${online === null ? nothing : html`<i class="dot ${online ? 'on' : ''}"></i>`}</span
  >`;
}

export function groupAvatar(id: string, size = ''): TemplateResult {
  return html`<span class="avatar group colour-${colourOf(id)} ${size}" part="avatar" aria-hidden="true"
    >${icon('people')}</span
  >`;
}

function firstCharacter(word: string): string {
  const found = /[\p{L}\p{N}\p{Emoji_Presentation}]\p{M}*/u.exec(word);
  return found ? found[0] : '';
}
