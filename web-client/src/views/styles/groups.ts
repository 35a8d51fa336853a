import { css } from 'lit';

export const groups = css`
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
