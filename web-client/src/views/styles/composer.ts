import { css } from 'lit';

export const composer = css`
  .composer {
    padding: 8px 12px 12px;
    padding-block-end: max(12px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--line);
    width: 100%;
    max-width: 884px;
    margin-inline: auto;
  }
  .wide .composer {
    border-block-start: 0;
  }
  .composer-row {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 4px;
    border: 1px solid var(--field-line);
    border-radius: 24px;
    background: var(--ground);
  }
  .composer-row:focus-within {
    border-color: var(--ink);
    box-shadow: 0 0 0 1px var(--ink);
  }
  .composer textarea {
    flex: 1;
    min-width: 0;
    min-height: 36px;
    max-height: 132px;
    padding: 7px 8px;
    border: 0;
    outline: 0;
    background: none;
    resize: none;
    line-height: 22px;
    font-size: 16px;
  }
  .composer textarea:first-child {
    padding-inline-start: 14px;
  }
  .send {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    width: 36px;
    height: 36px;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    transition: opacity 0.15s ease;
  }
  .send:disabled {
    background: var(--raised);
    color: var(--muted);
  }
  .send .icon {
    width: 19px;
    height: 19px;
  }
  .root:dir(rtl) .icon-back,
  .root:dir(rtl) .icon-send {
    transform: scaleX(-1);
  }
  .over {
    padding: 2px 10px 6px;
    font-size: 13px;
    font-weight: 500;
    color: var(--bad);
  }

  .tool.round {
    position: relative;
    border-radius: 50%;
    cursor: pointer;
  }
  .tool.round:focus-within {
    outline: 2px solid var(--ink);
    outline-offset: 1px;
  }
  .tool.tiny {
    width: 30px;
    height: 30px;
  }
  .tool.tiny .icon {
    width: 17px;
    height: 17px;
  }
  .picked {
    display: flex;
    flex-direction: column;
    gap: 6px;
    max-height: 190px;
    margin-block-end: 8px;
    overflow-y: auto;
  }
  .picked-file {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 6px;
    padding-inline-start: 10px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--side);
  }
  .picked-file.bad {
    border-color: var(--bad);
    background: var(--bad-tint);
  }
  .picked-file.bad .file-size,
  .picked-file.bad .file-icon {
    color: var(--bad);
  }
  .file-icon {
    display: inline-flex;
    flex: none;
    color: var(--ink);
  }
  .file-text {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-width: 0;
  }
  .file-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 14px;
    font-weight: 500;
    line-height: 1.35;
  }
  .file-size {
    font-size: 12.5px;
    color: var(--muted);
  }
  progress {
    width: 100%;
    height: 4px;
    margin-block: 4px 2px;
    border: 0;
    border-radius: 2px;
    background: var(--line);
    overflow: hidden;
    -webkit-appearance: none;
    appearance: none;
  }
  progress::-webkit-progress-bar {
    background: var(--line);
  }
  progress::-webkit-progress-value {
    border-radius: 2px;
    background: var(--ink);
    transition: width 0.2s ease;
  }
  progress::-moz-progress-bar {
    background: var(--ink);
  }
  .emoji {
    display: grid;
    grid-template-columns: repeat(8, 1fr);
    gap: 2px;
    width: min(100%, 350px);
    margin-block-end: 8px;
    margin-inline-start: auto;
    padding: 8px;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--ground);
    box-shadow: var(--shadow-small);
  }
  .emoji button {
    height: 38px;
    border-radius: 10px;
    font: 22px/1 var(--emoji);
    text-align: center;
  }
  .emoji button:hover {
    background: var(--hover);
  }
`;
