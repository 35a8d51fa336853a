import { css } from 'lit';

export const colours = css`
  .root {
    /* No property is inherited from the page, except the writing direction. */
    all: initial;
    display: block;
    --accent: var(--tenant-chat-accent, #4450e6);
    --on-accent: var(--tenant-chat-on-accent, #ffffff);
    --radius: var(--tenant-chat-radius, 16px);
    --font: var(
      --tenant-chat-font,
      'Inter',
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Helvetica Neue',
      'Noto Sans',
      Arial,
      sans-serif,
      'Apple Color Emoji',
      'Segoe UI Emoji',
      'Noto Color Emoji'
    );
    --emoji: 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', var(--font);
    --ground: var(--tenant-chat-background, #ffffff);
    --side: var(--tenant-chat-side, #f7f8fb);
    --raised: var(--tenant-chat-surface, #eef0f6);
    --hover: #eceef6;
    --line: #e3e6ee;
    --text: var(--tenant-chat-text, #171a23);
    --muted: #5b6275;
    --ink: var(--tenant-chat-accent-text, #3b46d6);
    --tint: #e9ebfd;
    --theirs: var(--raised);
    --good: #0f7a45;
    --dot: #1fb267;
    --bad: #b92532;
    --bad-tint: #fdecee;
    --warn: #7a4f01;
    --warn-tint: #fff3d6;
    --field-line: #858da1;
    --shadow: 0 1px 2px rgb(17 20 40 / 0.06), 0 12px 40px rgb(17 20 40 / 0.18);
    --shadow-small: 0 1px 2px rgb(17 20 40 / 0.1), 0 4px 14px rgb(17 20 40 / 0.12);
    color-scheme: light;
  }
  .root[data-theme='dark'] {
    --accent: var(--tenant-chat-accent, #5561f0);
    --ground: var(--tenant-chat-background, #15171e);
    --side: var(--tenant-chat-side, #191c24);
    --raised: var(--tenant-chat-surface, #262a35);
    --hover: #242834;
    --line: #2d323f;
    --text: var(--tenant-chat-text, #eceef5);
    --muted: #a3aabd;
    --ink: var(--tenant-chat-accent-text, #a5adff);
    --tint: #2a2e52;
    --good: #4fd08c;
    --dot: #35c77c;
    --bad: #ff8f98;
    --bad-tint: #3d2127;
    --warn: #ffd27a;
    --warn-tint: #3b2f15;
    --field-line: #737b90;
    --shadow: 0 1px 2px rgb(0 0 0 / 0.4), 0 16px 48px rgb(0 0 0 / 0.5);
    --shadow-small: 0 1px 2px rgb(0 0 0 / 0.4), 0 4px 14px rgb(0 0 0 / 0.4);
    color-scheme: dark;
  }
`;
