import { html, type TemplateResult } from 'lit';

const rows = [
  '😀 😄 😂 😊 😉 😍 😎 🤔',
  '😅 😢 😡 😮 🙄 😴 🤗 🥳',
  '👍 👎 👏 🙏 💪 👋 🤝 ✌️',
  '✅ ❌ ⚠️ ❓ ❗ ⏰ 📌 📎',
  '❤️ 💯 🎉 🚀 🔥 ⭐ ☕ 🍀',
].map((row) => row.split(' '));

/** A small selection of emoji. Arrow keys move the focus. */
export function emojiPicker(label: string, choose: (emoji: string) => void): TemplateResult {
  return html`<div class="emoji" part="emoji" role="group" aria-label=${label} @keydown=${move}>
    ${rows.flat().map((emoji, index) => html`<button type="button" tabindex=${index === 0 ? 0 : -1} @click=${() => choose(emoji)}>${emoji}</button>`)}
  </div>`;
}

function move(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
  if (step === undefined) return;
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  buttons[at + step]?.focus();
  event.preventDefault();
}
