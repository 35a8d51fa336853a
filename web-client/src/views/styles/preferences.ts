import { css } from 'lit';

export const preferences = css`
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .bubble,
    .badge,
    .avatar,
    .tab[aria-selected='true'] {
      border: 1px solid CanvasText;
    }
  }
`;
