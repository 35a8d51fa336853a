import { css } from 'lit';

export const lists = css`
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
  .empty-title,
  .empty-hint {
    text-wrap: balance;
  }
  .empty-title {
    font-size: 16px;
    font-weight: 600;
  }
  .empty-hint {
    max-width: 34ch;
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
