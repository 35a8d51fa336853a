import { css } from 'lit';

export const files = css`
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
    height: 160px;
    border-radius: 13px;
    overflow: hidden;
    background: color-mix(in srgb, currentColor 12%, transparent);
  }
  .one .picture {
    height: 260px;
  }
  .picture tenant-chat-picture,
  .picture img {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: contain;
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
`;
