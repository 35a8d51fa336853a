import { css } from 'lit';

export const thread = css`
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
    position: relative;
    /* The space for the typing line is always reserved. */
    padding: 12px 14px 30px;
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
`;
