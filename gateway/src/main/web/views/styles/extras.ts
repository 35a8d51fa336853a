import { css } from 'lit';

export const extras = css`
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

  .bubble:has(.pictures, .file) {
    width: 288px;
  }
  .pictures {
    display: grid;
    flex: 1 0 calc(100% + 12px);
    grid-template-columns: repeat(2, 1fr);
    gap: 4px;
    margin: -1px -6px 6px;
  }
  .pictures.one {
    grid-template-columns: 1fr;
  }
  .picture {
    width: 100%;
    height: 128px;
    border-radius: 13px;
    overflow: hidden;
    background: color-mix(in srgb, currentColor 12%, transparent);
  }
  .one .picture {
    height: 184px;
  }
  .picture tenant-chat-picture,
  .picture img {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .picture-broken {
    display: flex;
    align-items: center;
    justify-content: center;
    height: 100%;
  }
  .mine .picture:focus-visible,
  .mine .file:focus-visible {
    outline-color: var(--on-accent);
    outline-offset: -3px;
  }
  .file {
    display: flex;
    align-items: center;
    gap: 10px;
    flex: 1 0 calc(100% + 12px);
    min-width: 0;
    max-width: calc(100% + 12px);
    margin: 0 -6px 6px;
    padding: 8px 10px;
    border-radius: 12px;
    background: color-mix(in srgb, currentColor 9%, transparent);
    color: inherit;
    text-decoration: none;
  }
  .mine .file {
    background: rgb(0 0 0 / 0.16);
  }
  .mine .file .file-icon {
    color: inherit;
  }
  .file .file-size {
    color: inherit;
    opacity: 0.82;
  }
  .file:hover {
    background: color-mix(in srgb, currentColor 15%, transparent);
  }
  .mine .file:hover {
    background: rgb(0 0 0 / 0.26);
  }
  .lightbox {
    width: 100vw;
    height: 100dvh;
    max-width: none;
    max-height: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: rgb(10 11 16 / 0.94);
    color: #fff;
  }
  .lightbox[open] {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
  }
  .lightbox > div {
    display: flex;
    align-items: center;
    gap: 8px;
    width: 100%;
    padding: 10px 14px;
  }
  .lightbox .file-name {
    flex: 1;
  }
  .lightbox .tool {
    color: #fff;
  }
  .lightbox .tool:hover {
    background: rgb(255 255 255 / 0.16);
  }
  .lightbox :focus-visible {
    outline-color: #fff;
  }
  .lightbox img {
    flex: 1;
    min-height: 0;
    max-width: calc(100% - 24px);
    margin-block-end: 16px;
    object-fit: contain;
  }
  .lightbox .spinner {
    margin: auto;
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
