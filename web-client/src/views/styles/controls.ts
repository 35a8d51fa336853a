import { css } from 'lit';

export const controls = css`
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
`;
