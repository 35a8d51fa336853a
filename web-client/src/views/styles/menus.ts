import { css } from 'lit';

export const menus = css`
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
    position: fixed;
    inset: auto;
    min-width: 210px;
    max-width: calc(100vw - 16px);
    margin: 0;
    padding: 6px;
    color: inherit;
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
`;
