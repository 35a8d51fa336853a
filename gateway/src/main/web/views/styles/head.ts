import { css } from 'lit';

export const head = css`
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
    padding: 0 6px 2px;
    border-radius: 10px 10px 0 0;
    color: var(--muted);
    font-size: 13.5px;
    font-weight: 500;
    white-space: nowrap;
  }
  .tab > span:first-child {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  @media (max-width: 380px) {
    .tabs {
      padding-inline: 4px;
    }
    .tab {
      padding-inline: 4px;
      font-size: 13px;
    }
  }
  @media (hover: hover) {
    .tab:hover {
      color: var(--text);
      background: var(--hover);
    }
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
  .tool[aria-expanded='true'] {
    background: var(--hover);
    color: var(--text);
  }
  @media (hover: hover) {
    .tool:hover {
      background: var(--hover);
      color: var(--text);
    }
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
