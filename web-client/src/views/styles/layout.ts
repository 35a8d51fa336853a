import { css } from 'lit';

export const layout = css`
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
  tenant-chat-group,
  tenant-chat-add-members {
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
    transition:
      transform 0.15s ease,
      box-shadow 0.15s ease;
  }
  @media (hover: hover) {
    .bar:hover {
      transform: translateY(-2px);
      box-shadow: var(--shadow);
    }
  }
  .bar .icon {
    width: 24px;
    height: 24px;
  }
  .bar .online {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-width: 34px;
    font-weight: 500;
    font-size: 14px;
    font-variant-numeric: tabular-nums;
  }
  .bar .online::before {
    content: '';
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: #6ff0aa;
  }
  .bar .nobody::before {
    background: currentColor;
    opacity: 0.5;
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
`;
