import { css } from 'lit';

export const header = css`
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
  .head-who {
    display: grid;
    flex: 1;
    align-items: center;
    min-width: 0;
    height: 36px;
  }
  .head-who > * {
    grid-area: 1 / 1;
  }
  .head-standing {
    display: flex;
    align-items: center;
    height: 100%;
    min-width: 0;
  }
  .head-who:has(.standing) .head-name {
    animation: hide 1ms forwards;
  }
  /* The status fades in late, so that a short interruption shows nothing. */
  .head-who:has(.quiet) .head-name {
    animation-delay: 1.5s;
  }
  @keyframes hide {
    to {
      visibility: hidden;
    }
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
  /* The space for the unread badge is always reserved. */
  .tab[data-tab='chats'] {
    padding-inline: 20px;
  }
  .tab-mark {
    position: relative;
    align-self: center;
    width: 0;
    height: 20px;
  }
  .tab-mark .badge {
    position: absolute;
    inset-block-start: -7px;
    inset-inline-start: -1px;
    min-width: 18px;
    height: 18px;
    padding-inline: 5px;
    font-size: 11px;
  }
  @media (max-width: 380px) {
    .tabs {
      padding-inline: 4px;
    }
    .tab {
      padding-inline: 3px;
      font-size: 13px;
    }
    .tab[data-tab='chats'] {
      padding-inline: 16px;
    }
  }
  @media (hover: hover) {
    .tab:hover {
      color: var(--text);
      background: var(--hover);
    }
  }
  /* The font weight does not change, because that would change the width. */
  .tab[aria-selected='true'] {
    color: var(--ink);
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
    width: fit-content;
    max-width: 100%;
    padding: 2px 10px;
    border-radius: 10px;
    font-size: 12.5px;
    font-weight: 500;
    line-height: 1.25;
    background: var(--warn-tint);
    color: var(--warn);
    animation: show 0.2s ease-out backwards;
  }
  .standing.quiet {
    background: var(--raised);
    color: var(--muted);
    animation-delay: 1.5s;
  }
  @keyframes show {
    from {
      opacity: 0;
    }
  }
  .standing .spinner,
  .standing .icon {
    width: 16px;
    height: 16px;
    border-width: 2px;
    flex: none;
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
