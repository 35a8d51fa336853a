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
  @media (hover: hover) {
    .row:hover,
    .row-pair:hover {
      background: var(--hover);
    }
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
`;
