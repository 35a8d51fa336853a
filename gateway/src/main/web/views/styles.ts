import { css } from 'lit';

/**
 * One constructed style sheet for everything inside the shadow root: no `style` element, so a policy without
 * `unsafe-inline` is enough. The host page sets the `--tenant-chat-*` properties; nothing else of it comes through.
 */
const colours = css`
  .root {
    --accent: var(--tenant-chat-accent, #4450e6);
    --on-accent: var(--tenant-chat-on-accent, #ffffff);
    --radius: var(--tenant-chat-radius, 16px);
    --font: var(--tenant-chat-font, 'Inter', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif, 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji');
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

const frame = css`
  :host {
    display: block;
    contain: none;
  }
  :host([hidden]) {
    display: none;
  }
  :host([full-page]) {
    height: 100%;
    min-height: 0;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .root {
    font: 400 15px/1.45 var(--font);
    color: var(--text);
    text-align: start;
    letter-spacing: normal;
    text-transform: none;
    -webkit-font-smoothing: antialiased;
  }
  .root.page {
    height: 100%;
    background: var(--ground);
  }
  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    border: 0;
    background: none;
    padding: 0;
    cursor: pointer;
    text-align: start;
  }
  button:disabled {
    cursor: default;
  }
  h1,
  h2,
  p,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  :focus-visible {
    outline: 2px solid var(--ink);
    outline-offset: 2px;
  }
  .vh {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    width: 20px;
    height: 20px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  tenant-chat-list,
  tenant-chat-people,
  tenant-chat-thread,
  tenant-chat-group {
    display: flex;
    flex-direction: column;
    min-height: 0;
    flex: 1;
    position: relative;
  }

  .bar {
    position: fixed;
    z-index: var(--tenant-chat-z-index, 2147483000);
    inset-block-end: var(--tenant-chat-offset-y, 20px);
    inset-inline-end: var(--tenant-chat-offset-x, 20px);
    display: flex;
    align-items: center;
    gap: 10px;
    height: 52px;
    padding: 0 20px 0 16px;
    border-radius: 26px;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
    box-shadow: var(--shadow-small);
    transition: transform 0.15s ease, box-shadow 0.15s ease;
  }
  .bar:hover {
    transform: translateY(-2px);
    box-shadow: var(--shadow);
  }
  .bar .icon {
    width: 24px;
    height: 24px;
  }
  .bar .online {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-weight: 500;
    font-size: 14px;
  }
  .bar .online::before {
    content: '';
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: #6ff0aa;
  }
  .bar .badge {
    position: absolute;
    inset-block-start: -6px;
    inset-inline-end: -4px;
    background: #d42a39;
    color: #fff;
    box-shadow: 0 0 0 2px var(--ground);
  }
  .left .bar,
  .left .panel {
    inset-inline: var(--tenant-chat-offset-x, 20px) auto;
  }

  .panel {
    position: fixed;
    z-index: var(--tenant-chat-z-index, 2147483000);
    inset-block-end: var(--tenant-chat-offset-y, 20px);
    inset-inline-end: var(--tenant-chat-offset-x, 20px);
    width: min(var(--tenant-chat-width, 400px), calc(100vw - 24px));
    height: min(var(--tenant-chat-height, 660px), calc(100dvh - 40px));
    display: flex;
    flex-direction: column;
    overflow: hidden;
    background: var(--ground);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
    animation: rise 0.18s ease-out;
  }
  .page .panel {
    position: relative;
    inset: auto;
    width: 100%;
    height: 100%;
    border: 0;
    border-radius: 0;
    box-shadow: none;
    animation: none;
    z-index: auto;
  }
  .page.wide .panel {
    flex-direction: row;
  }
  @media (max-width: 520px) {
    .widget .panel {
      inset: 0;
      width: 100%;
      height: 100dvh;
      border: 0;
      border-radius: 0;
    }
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(12px) scale(0.985);
    }
  }
  .side {
    display: flex;
    flex-direction: column;
    min-height: 0;
    flex: 1;
  }
  .wide .side {
    flex: 0 0 clamp(290px, 30%, 380px);
    background: var(--side);
    border-inline-end: 1px solid var(--line);
  }
  .main {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    flex: 1;
  }

  .head {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 8px 8px 0 8px;
    border-block-end: 1px solid var(--line);
  }
  .tabs {
    display: flex;
    flex: 1;
    min-width: 0;
    gap: 2px;
  }
  .tab {
    position: relative;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-width: 0;
    min-height: 44px;
    padding: 0 10px 2px;
    border-radius: 10px 10px 0 0;
    color: var(--muted);
    font-size: 14px;
    font-weight: 500;
    white-space: nowrap;
  }
  .tab > span:first-child {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .tab:hover {
    color: var(--text);
    background: var(--hover);
  }
  .tab[aria-selected='true'] {
    color: var(--ink);
    font-weight: 600;
  }
  .tab[aria-selected='true']::after {
    content: '';
    position: absolute;
    inset-inline: 8px;
    inset-block-end: -1px;
    height: 3px;
    border-radius: 3px 3px 0 0;
    background: var(--ink);
  }
  .tab:focus-visible {
    outline-offset: -3px;
  }
  .tool {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    width: 36px;
    height: 36px;
    border-radius: 10px;
    color: var(--muted);
  }
  .tool:hover,
  .tool[aria-expanded='true'] {
    background: var(--hover);
    color: var(--text);
  }
  .body {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  .standing {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 14px;
    font-size: 13px;
    font-weight: 500;
    background: var(--warn-tint);
    color: var(--warn);
    overflow: hidden;
    animation: unfold 0.2s ease-out backwards;
  }
  /* A connection that is back within a moment is not worth a word. */
  .standing.quiet {
    animation-delay: 1.5s;
  }
  @keyframes unfold {
    from {
      max-height: 0;
      padding-block: 0;
    }
    to {
      max-height: 60px;
    }
  }
  .standing .spinner {
    width: 16px;
    height: 16px;
    border-width: 2px;
    flex: none;
  }
  .standing .icon {
    width: 17px;
    height: 17px;
  }
  .standing.quiet {
    background: var(--raised);
    color: var(--muted);
  }
  .standing:empty {
    display: none;
  }
  .toast {
    position: absolute;
    z-index: 5;
    inset-inline: 16px;
    inset-block-end: 84px;
    margin-inline: auto;
    width: fit-content;
    max-width: calc(100% - 32px);
    padding: 10px 16px;
    border-radius: 12px;
    background: #23262f;
    color: #fff;
    font-size: 14px;
    box-shadow: var(--shadow-small);
  }
  .toast:empty {
    display: none;
  }
`;

const lists = css`
  .search {
    position: relative;
    padding: 10px 12px 6px;
  }
  .search .icon {
    position: absolute;
    inset-inline-start: 24px;
    inset-block-start: 20px;
    width: 18px;
    height: 18px;
    color: var(--muted);
    pointer-events: none;
  }
  .search input {
    width: 100%;
    height: 38px;
    padding: 0 12px 0 38px;
    padding-inline: 38px 12px;
    border: 1px solid transparent;
    border-radius: 12px;
    background: var(--raised);
    font-size: 15px;
    -webkit-appearance: none;
    appearance: none;
  }
  ::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .search input:focus {
    outline: 2px solid var(--ink);
    outline-offset: -1px;
    background: var(--ground);
  }
  .rows {
    display: block;
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  .rows ul {
    position: relative;
  }
  .rows li {
    position: absolute;
    inset-inline: 0;
    inset-block-start: 0;
    padding: 0 8px;
  }
  .rows-heading {
    display: block;
    padding: 14px 8px 4px;
    font-size: 12.5px;
    font-weight: 600;
    letter-spacing: 0.02em;
    color: var(--muted);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    height: 100%;
    min-width: 0;
    padding: 0 8px;
    border-radius: 12px;
  }
  .row:hover,
  .row-pair:hover {
    background: var(--hover);
  }
  .row.selected,
  .row-pair.ticked {
    background: var(--tint);
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .row-pair {
    display: flex;
    align-items: center;
    height: 100%;
    border-radius: 12px;
  }
  .row-pair .row:hover {
    background: none;
  }
  .row-pair .row {
    flex: 1;
  }
  .row-text {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-width: 0;
    gap: 1px;
  }
  .row-line {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }
  .row-title {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 500;
    flex: 0 1 auto;
    text-align: start;
  }
  .row.unread .row-title {
    font-weight: 700;
  }
  .row-mark {
    display: inline-flex;
    color: var(--muted);
  }
  .row-mark .icon {
    width: 15px;
    height: 15px;
  }
  .row-time {
    margin-inline-start: auto;
    padding-inline-start: 6px;
    flex: none;
    font-size: 12.5px;
    color: var(--muted);
  }
  .row.unread .row-time {
    color: var(--ink);
    font-weight: 600;
  }
  .row-preview {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 13.5px;
    color: var(--muted);
  }
  .row.unread .row-preview {
    color: var(--text);
  }
  .row-preview em {
    font-style: normal;
    color: var(--ink);
  }
  .row-preview .icon {
    width: 15px;
    height: 15px;
    margin-inline-end: 3px;
    vertical-align: -3px;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    min-width: 20px;
    height: 20px;
    padding: 0 6px;
    border-radius: 10px;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 12px;
    font-weight: 700;
    line-height: 1;
  }
  .badge.quiet {
    background: var(--raised);
    color: var(--muted);
  }
  .fold {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    height: 100%;
    padding: 0 18px;
    border-radius: 12px;
    color: var(--muted);
    font-size: 14px;
    font-weight: 500;
  }
  .fold:hover {
    background: var(--hover);
    color: var(--text);
  }
  .tick {
    position: relative;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    width: 44px;
    height: 44px;
    cursor: pointer;
  }
  .tick input {
    position: absolute;
    inset: 10px;
    width: 24px;
    height: 24px;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .tick span {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 20px;
    height: 20px;
    border: 1.5px solid var(--field-line);
    border-radius: 6px;
    color: transparent;
  }
  .tick span .icon {
    width: 15px;
    height: 15px;
    stroke-width: 2.6;
  }
  .tick input:checked + span {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  .tick input:focus-visible + span {
    outline: 2px solid var(--ink);
    outline-offset: 2px;
  }
  .group-form {
    display: flex;
    flex-direction: column;
    gap: 10px;
    padding: 12px;
    border-block-start: 1px solid var(--line);
    background: var(--ground);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    max-height: 96px;
    overflow-y: auto;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    max-width: 100%;
    min-height: 28px;
    padding: 0 8px 0 12px;
    border-radius: 14px;
    background: var(--tint);
    color: var(--ink);
    font-size: 13px;
    font-weight: 500;
  }
  .chip .icon {
    width: 14px;
    height: 14px;
  }
  .field-row {
    display: flex;
    gap: 8px;
  }
  .field {
    flex: 1;
    min-width: 0;
    height: 40px;
    padding: 0 12px;
    border: 1px solid var(--field-line);
    border-radius: 12px;
    background: var(--ground);
  }
  .field:focus {
    outline: 2px solid var(--ink);
    outline-offset: -1px;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 40px;
    padding: 0 16px;
    border-radius: 12px;
    background: var(--raised);
    font-weight: 600;
    font-size: 14px;
    white-space: nowrap;
    text-decoration: none;
    color: var(--text);
  }
  .button:hover {
    background: var(--hover);
  }
  .button.primary {
    background: var(--accent);
    color: var(--on-accent);
  }
  .button.primary:hover {
    filter: brightness(1.08);
  }
  .button.danger {
    background: var(--bad-tint);
    color: var(--bad);
  }
  .button:disabled {
    opacity: 0.55;
  }
  .button .icon {
    width: 18px;
    height: 18px;
  }

  .avatar {
    position: relative;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    width: 46px;
    height: 46px;
    border-radius: 50%;
    background: var(--tone);
    color: #fff;
    font-weight: 600;
    font-size: 16px;
    letter-spacing: 0.02em;
    user-select: none;
  }
  .avatar.small {
    width: 40px;
    height: 40px;
    font-size: 14px;
  }
  .avatar.tiny {
    width: 28px;
    height: 28px;
    font-size: 11px;
  }
  .avatar.group {
    border-radius: 34%;
  }
  .avatar .icon {
    width: 52%;
    height: 52%;
  }
  .dot {
    position: absolute;
    inset-inline-end: -1px;
    inset-block-end: -1px;
    width: 13px;
    height: 13px;
    border-radius: 50%;
    border: 2.5px solid var(--ground);
    background: #9aa1b3;
  }
  .wide .side .dot {
    border-color: var(--side);
  }
  .dot.on {
    background: var(--dot);
  }
  .tone0 { --tone: #3f51b5; }
  .tone1 { --tone: #00796b; }
  .tone2 { --tone: #b23c5a; }
  .tone3 { --tone: #6a4cb3; }
  .tone4 { --tone: #1769aa; }
  .tone5 { --tone: #a8480f; }
  .tone6 { --tone: #3c7a29; }
  .tone7 { --tone: #9c3b9c; }
  .tone8 { --tone: #5d5f8d; }
  .tone9 { --tone: #83642b; }
  .tone10 { --tone: #c23b22; }
  .tone11 { --tone: #2b7384; }

  .empty {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    flex: 1;
    gap: 6px;
    padding: 32px 28px;
    text-align: center;
  }
  .empty-icon {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 64px;
    height: 64px;
    margin-block-end: 8px;
    border-radius: 22px;
    background: var(--tint);
    color: var(--ink);
  }
  .empty-icon.bad {
    background: var(--bad-tint);
    color: var(--bad);
  }
  .empty-icon .icon {
    width: 30px;
    height: 30px;
  }
  .empty-title {
    font-size: 16px;
    font-weight: 600;
  }
  .empty-hint {
    max-width: 30ch;
    color: var(--muted);
    font-size: 14px;
  }
  .empty .button {
    margin-block-start: 12px;
  }
  .skeletons {
    padding: 12px;
  }
  .skeleton-row {
    display: flex;
    align-items: center;
    gap: 12px;
    height: 68px;
    padding: 0 6px;
  }
  .skeleton-row i,
  .skeleton-row b,
  .skeleton-log i {
    background: var(--raised);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  .skeleton-row i {
    width: 44px;
    height: 44px;
    border-radius: 50%;
  }
  .skeleton-row span {
    display: flex;
    flex-direction: column;
    flex: 1;
    gap: 8px;
  }
  .skeleton-row b {
    width: 45%;
    height: 12px;
    border-radius: 6px;
  }
  .skeleton-row b + b {
    width: 75%;
    height: 10px;
  }
  .skeleton-log {
    display: flex;
    flex-direction: column;
    gap: 14px;
    padding: 12px 0;
  }
  .skeleton-log i {
    width: 55%;
    height: 44px;
    border-radius: 18px;
  }
  .skeleton-log .mine {
    align-self: flex-end;
    width: 48%;
  }
  .skeleton-log .short {
    width: 30%;
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
`;

const talk = css`
  .thread-head {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 60px;
    padding: 8px 12px;
    border-block-end: 1px solid var(--line);
  }
  .thread-head .tool:first-child {
    margin-inline: -4px -4px;
  }
  .thread-who {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-width: 0;
  }
  .thread-title {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 16px;
    font-weight: 600;
    line-height: 1.3;
    text-align: start;
  }
  .thread-sub {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 13px;
    color: var(--muted);
  }
  .thread-sub.on {
    color: var(--good);
  }
  tenant-chat-messages {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  .log {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    overflow-x: hidden;
    overscroll-behavior: contain;
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
    outline-offset: -3px;
  }
  .log-inside {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    min-height: 100%;
    max-width: 860px;
    margin-inline: auto;
    padding: 12px 14px 10px;
  }
  .older {
    display: flex;
    justify-content: center;
    padding: 12px;
  }
  .spinner {
    width: 22px;
    height: 22px;
    border: 2.5px solid var(--line);
    border-block-start-color: var(--ink);
    border-radius: 50%;
    animation: spin 0.8s linear infinite;
  }
  @keyframes spin {
    to {
      transform: rotate(1turn);
    }
  }
  .day,
  .new-line {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 12px;
    margin: 18px 0 12px;
    font-size: 12.5px;
    font-weight: 600;
    color: var(--muted);
  }
  .day span {
    padding: 3px 12px;
    border-radius: 12px;
    background: var(--raised);
  }
  .new-line {
    color: var(--bad);
  }
  .new-line::before,
  .new-line::after {
    content: '';
    flex: 1;
    height: 1px;
    background: currentColor;
    opacity: 0.5;
  }
  .message {
    display: flex;
    align-items: flex-end;
    gap: 8px;
    margin-block-start: 2px;
  }
  .message.first {
    margin-block-start: 10px;
  }
  .message.mine {
    justify-content: flex-end;
  }
  .avatar-gap {
    flex: none;
    width: 28px;
  }
  .bubble-column {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    min-width: 0;
    max-width: min(82%, 560px);
  }
  .mine .bubble-column {
    align-items: flex-end;
  }
  .sender {
    margin: 0 12px 2px;
    font-size: 12.5px;
    font-weight: 600;
    color: var(--muted);
  }
  .bubble {
    position: relative;
    max-width: 100%;
    padding: 8px 12px 7px;
    border-radius: 18px;
    background: var(--theirs);
    overflow-wrap: anywhere;
  }
  .mine .bubble {
    background: var(--accent);
    color: var(--on-accent);
  }
  .theirs .bubble {
    border-end-start-radius: 6px;
  }
  .theirs:not(.first) .bubble {
    border-start-start-radius: 6px;
  }
  .mine .bubble {
    border-end-end-radius: 6px;
  }
  .mine:not(.first) .bubble {
    border-start-end-radius: 6px;
  }
  .content {
    display: block;
    white-space: pre-wrap;
    text-align: start;
    unicode-bidi: plaintext;
  }
  .content a {
    color: var(--ink);
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .mine .content a {
    color: inherit;
  }
  .mine .bubble a:focus-visible {
    outline-color: var(--on-accent);
  }
  .meta {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 4px;
    margin-block-start: 1px;
    font-size: 11.5px;
    line-height: 1.3;
    color: var(--muted);
    white-space: nowrap;
  }
  .mine .meta {
    color: var(--on-accent);
  }
  .ticks {
    display: inline-flex;
    vertical-align: -3px;
  }
  .ticks .icon {
    width: 16px;
    height: 16px;
    stroke-width: 2.1;
  }
  .bubble .ticks.read {
    color: #9ff5ff;
  }
  .row .ticks {
    margin-inline-end: 3px;
  }
  .row .ticks.read {
    color: var(--ink);
  }
  .row .ticks .icon {
    margin: 0;
  }
  .message .bubble.big {
    padding: 0;
    background: none;
    color: var(--text);
  }
  .bubble.big .content {
    font: 40px/1.2 var(--emoji);
  }
  .message .bubble.big .meta {
    color: var(--muted);
  }
  .bubble.big .ticks.read {
    color: var(--ink);
  }
  .pending .bubble {
    opacity: 0.82;
  }
  .failed .bubble {
    opacity: 1;
    background: var(--bad-tint);
    color: var(--text);
    box-shadow: inset 0 0 0 1px var(--bad);
  }
  .failed .meta {
    color: var(--bad);
  }
  .failed-line {
    display: flex;
    align-items: center;
    gap: 12px;
    margin: 4px 4px 2px;
    font-size: 13px;
    font-weight: 500;
    color: var(--bad);
  }
  .link {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-height: 24px;
    color: var(--ink);
    font-weight: 600;
  }
  .link:hover {
    text-decoration: underline;
  }
  .link .icon {
    width: 15px;
    height: 15px;
  }
  .typing {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 10px 4px 2px 36px;
    padding-inline: 36px 4px;
    font-size: 13px;
    color: var(--muted);
  }
  .typing-dots {
    display: inline-flex;
    gap: 3px;
  }
  .typing-dots i {
    width: 6px;
    height: 6px;
    border-radius: 50%;
    background: currentColor;
    animation: hop 1.2s ease-in-out infinite;
  }
  .typing-dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .typing-dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes hop {
    0%,
    60%,
    100% {
      transform: none;
      opacity: 0.5;
    }
    30% {
      transform: translateY(-4px);
      opacity: 1;
    }
  }
  .jump {
    position: absolute;
    inset-inline-end: 16px;
    inset-block-end: 12px;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 44px;
    height: 44px;
    border-radius: 50%;
    background: var(--ground);
    color: var(--text);
    border: 1px solid var(--line);
    box-shadow: var(--shadow-small);
  }
  .jump .badge {
    position: absolute;
    inset-block-start: -7px;
    inset-inline-end: -3px;
  }

  .composer {
    padding: 8px 12px 12px;
    padding-block-end: max(12px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--line);
    width: 100%;
    max-width: 884px;
    margin-inline: auto;
  }
  .wide .composer {
    border-block-start: 0;
  }
  .composer-row {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 4px;
    border: 1px solid var(--field-line);
    border-radius: 24px;
    background: var(--ground);
  }
  .composer-row:focus-within {
    border-color: var(--ink);
    box-shadow: 0 0 0 1px var(--ink);
  }
  .composer textarea {
    flex: 1;
    min-width: 0;
    min-height: 36px;
    max-height: 132px;
    padding: 7px 8px;
    border: 0;
    outline: 0;
    background: none;
    resize: none;
    line-height: 22px;
    font-size: 16px;
  }
  .composer textarea:first-child {
    padding-inline-start: 14px;
  }
  .send {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    width: 36px;
    height: 36px;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    transition: opacity 0.15s ease;
  }
  .send:disabled {
    background: var(--raised);
    color: var(--muted);
  }
  .send .icon {
    width: 19px;
    height: 19px;
  }
  :dir(rtl) > .icon.turns {
    transform: scaleX(-1);
  }
  .over {
    padding: 2px 10px 6px;
    font-size: 13px;
    font-weight: 500;
    color: var(--bad);
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .bubble,
    .badge,
    .avatar,
    .tab[aria-selected='true'] {
      border: 1px solid CanvasText;
    }
  }
`;

const extras = css`
  .thread {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  .drop {
    position: absolute;
    z-index: 4;
    inset: 8px;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 10px;
    border: 2px dashed var(--ink);
    border-radius: var(--radius);
    background: color-mix(in srgb, var(--ground) 88%, transparent);
    color: var(--ink);
    font-weight: 600;
    pointer-events: none;
  }
  .drop .icon {
    width: 32px;
    height: 32px;
  }
  tenant-chat-menu {
    flex: none;
  }
  .menu {
    position: relative;
  }
  .menu-list {
    position: absolute;
    z-index: 6;
    inset-inline-end: 0;
    inset-block-start: calc(100% + 4px);
    min-width: 210px;
    padding: 6px;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--ground);
    box-shadow: var(--shadow);
  }
  .menu-list button {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    min-height: 42px;
    padding: 0 10px;
    border-radius: 9px;
    font-size: 14.5px;
    white-space: nowrap;
  }
  .menu-list button:hover,
  .menu-list button:focus-visible {
    background: var(--hover);
  }
  .menu-list button:focus-visible {
    outline-offset: -2px;
  }
  .menu-list .icon {
    color: var(--muted);
  }
  .menu-list .icon:last-child {
    margin-inline-start: auto;
    color: var(--ink);
  }

  .tool.round {
    position: relative;
    border-radius: 50%;
    cursor: pointer;
  }
  .tool.round:focus-within {
    outline: 2px solid var(--ink);
    outline-offset: 1px;
  }
  .tool.tiny {
    width: 30px;
    height: 30px;
  }
  .tool.tiny .icon {
    width: 17px;
    height: 17px;
  }
  .tool.wide-tool {
    width: auto;
    padding: 0 10px;
    font-size: 13px;
    font-weight: 600;
    color: var(--ink);
  }
  .picked {
    display: flex;
    flex-direction: column;
    gap: 6px;
    max-height: 190px;
    margin-block-end: 8px;
    overflow-y: auto;
  }
  .picked-file {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 6px 6px 6px 10px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--side);
  }
  .picked-file.bad {
    border-color: var(--bad);
    background: var(--bad-tint);
  }
  .picked-file.bad .file-size,
  .picked-file.bad .file-icon {
    color: var(--bad);
  }
  .file-icon {
    display: inline-flex;
    flex: none;
    color: var(--ink);
  }
  .file-text {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-width: 0;
  }
  .file-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 14px;
    font-weight: 500;
    line-height: 1.35;
  }
  .file-size {
    font-size: 12.5px;
    color: var(--muted);
  }
  progress {
    width: 100%;
    height: 4px;
    margin-block: 4px 2px;
    border: 0;
    border-radius: 2px;
    background: var(--line);
    overflow: hidden;
    -webkit-appearance: none;
    appearance: none;
  }
  progress::-webkit-progress-bar {
    background: var(--line);
  }
  progress::-webkit-progress-value {
    border-radius: 2px;
    background: var(--ink);
    transition: width 0.2s ease;
  }
  progress::-moz-progress-bar {
    background: var(--ink);
  }
  .emoji {
    display: grid;
    grid-template-columns: repeat(8, 1fr);
    gap: 2px;
    width: min(100%, 350px);
    margin: 0 0 8px auto;
    padding: 8px;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--ground);
    box-shadow: var(--shadow-small);
  }
  .emoji button {
    height: 38px;
    border-radius: 10px;
    font: 22px/1 var(--emoji);
    text-align: center;
  }
  .emoji button:hover {
    background: var(--hover);
  }

  .pictures {
    display: grid;
    grid-template-columns: repeat(2, 128px);
    gap: 4px;
    margin: -2px -6px 6px;
  }
  .pictures.one {
    grid-template-columns: 1fr;
  }
  .picture {
    width: 100%;
    height: 128px;
    border-radius: 13px;
    overflow: hidden;
    background: color-mix(in srgb, currentColor 12%, transparent);
  }
  .one .picture {
    width: 260px;
    max-width: 100%;
    height: 184px;
  }
  .picture tenant-chat-picture,
  .picture img {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .picture-broken {
    display: flex;
    align-items: center;
    justify-content: center;
    height: 100%;
  }
  .mine .picture:focus-visible,
  .mine .file:focus-visible {
    outline-color: var(--on-accent);
    outline-offset: -3px;
  }
  .file {
    display: flex;
    align-items: center;
    gap: 10px;
    width: 260px;
    max-width: calc(100% + 12px);
    margin: 0 -6px 5px;
    padding: 8px 10px;
    border-radius: 12px;
    background: color-mix(in srgb, currentColor 9%, transparent);
    color: inherit;
    text-decoration: none;
  }
  .mine .file {
    background: rgb(0 0 0 / 0.16);
  }
  .mine .file .file-icon,
  .mine .file .file-size {
    color: inherit;
  }
  .file:hover {
    background: color-mix(in srgb, currentColor 15%, transparent);
  }
  .mine .file:hover {
    background: rgb(0 0 0 / 0.26);
  }
  .lightbox {
    width: 100vw;
    height: 100dvh;
    max-width: none;
    max-height: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: rgb(10 11 16 / 0.94);
    color: #fff;
  }
  .lightbox[open] {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
  }
  .lightbox > div {
    display: flex;
    align-items: center;
    gap: 8px;
    width: 100%;
    padding: 10px 14px;
  }
  .lightbox .file-name {
    flex: 1;
  }
  .lightbox .tool {
    color: #fff;
  }
  .lightbox .tool:hover {
    background: rgb(255 255 255 / 0.16);
  }
  .lightbox :focus-visible {
    outline-color: #fff;
  }
  .lightbox img {
    flex: 1;
    min-height: 0;
    max-width: calc(100% - 24px);
    margin-block-end: 16px;
    object-fit: contain;
  }
  .lightbox .spinner {
    margin: auto;
  }

  .naming {
    padding: 12px 12px 0;
  }
  .row.static:hover {
    background: none;
  }
  .row-pair.ask {
    gap: 8px;
    padding: 0 8px 0 12px;
    background: var(--bad-tint);
  }
  .ask-text {
    flex: 1;
    min-width: 0;
    font-size: 14px;
    font-weight: 500;
    line-height: 1.25;
  }
  .button.small {
    min-height: 34px;
    padding: 0 12px;
    border-radius: 10px;
  }
  .group-foot {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px;
    border-block-start: 1px solid var(--line);
  }
  .group-foot > .button:only-child {
    flex: 1;
  }
`;

export const styles = [colours, frame, lists, talk, extras];
