import { css } from 'lit';

export const frame = css`
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
    padding-inline: 16px 20px;
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
    outline: 0;
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

  tenant-chat-panel {
    display: contents;
  }
  .head {
    border-block-end: 1px solid var(--line);
  }
  .head-top {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 8px 8px 0;
    padding-inline-start: 14px;
  }
  .head-name {
    flex: 1;
    min-width: 0;
    padding-inline: 6px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
  .tabs {
    display: flex;
    padding: 2px 8px 0;
  }
  .tab {
    position: relative;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    flex: 1 1 auto;
    min-width: 0;
    min-height: 40px;
    padding: 0 8px 2px;
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
