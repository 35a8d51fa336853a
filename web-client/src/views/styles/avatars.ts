import { css } from 'lit';

export const avatars = css`
  .avatar {
    position: relative;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    width: 46px;
    height: 46px;
    border-radius: 50%;
    background: var(--avatar-colour);
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
  .colour-0 {
    --avatar-colour: #3f51b5;
  }
  .colour-1 {
    --avatar-colour: #00796b;
  }
  .colour-2 {
    --avatar-colour: #b23c5a;
  }
  .colour-3 {
    --avatar-colour: #6a4cb3;
  }
  .colour-4 {
    --avatar-colour: #1769aa;
  }
  .colour-5 {
    --avatar-colour: #a8480f;
  }
  .colour-6 {
    --avatar-colour: #3c7a29;
  }
  .colour-7 {
    --avatar-colour: #9c3b9c;
  }
  .colour-8 {
    --avatar-colour: #5d5f8d;
  }
  .colour-9 {
    --avatar-colour: #83642b;
  }
  .colour-10 {
    --avatar-colour: #c23b22;
  }
  .colour-11 {
    --avatar-colour: #2b7384;
  }

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
