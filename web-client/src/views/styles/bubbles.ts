import { css } from 'lit';

export const bubbles = css`
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
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    justify-content: flex-end;
    column-gap: 10px;
    max-width: 100%;
    padding: 7px 12px 6px;
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
  /* The time stands beside a short text and below a longer one. */
  .content {
    display: block;
    flex: 1 1 auto;
    max-width: 100%;
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
  .failed .bubble {
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
    position: absolute;
    inset-inline: 50px 18px;
    inset-block-end: 5px;
    overflow: hidden;
    white-space: nowrap;
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
`;
