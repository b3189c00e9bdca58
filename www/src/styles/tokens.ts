import { css } from "lit";

/**
 * Colours, type and measures. They inherit into every part below the element, and a page that embeds it can override
 * each one. Every text colour stands at least 4.5:1 on the surfaces it is used on.
 */
export const tokens = css`
  :host {
    --oim-page: light-dark(#f3f4f6, #0d1115);
    --oim-surface: light-dark(#ffffff, #151a20);
    --oim-raised: light-dark(#f8f9fb, #1a2027);
    --oim-hover: light-dark(#f0f3f7, #1f262f);
    --oim-line: light-dark(#e2e6eb, #262e37);
    --oim-line-strong: light-dark(#c3cad3, #3d4855);
    --oim-text: light-dark(#1a2029, #e2e7ed);
    --oim-muted: light-dark(#566170, #98a4b3);
    --oim-accent: light-dark(#1d5bc9, #84b3ff);
    --oim-accent-soft: light-dark(#e7effc, #1a2942);
    --oim-mark: light-dark(#ffefb0, #4a3c0f);
    --oim-mark-line: light-dark(#d9a800, #c79a1e);

    --oim-critical: light-dark(#b3212b, #ff9494);
    --oim-critical-soft: light-dark(#fdecec, #3a1b1f);
    --oim-warning: light-dark(#845400, #f0c062);
    --oim-warning-soft: light-dark(#fdf2d8, #33280f);
    --oim-ok: light-dark(#17693b, #77d69a);
    --oim-ok-soft: light-dark(#e3f5ea, #132f1f);
    --oim-acknowledged: light-dark(#643ab0, #c4a8ff);
    --oim-acknowledged-soft: light-dark(#f0eafc, #2a2043);
    --oim-unknown: light-dark(#515c6b, #b0bac6);
    --oim-unknown-soft: light-dark(#ebeef2, #242b34);

    --oim-json-key: light-dark(#0a4a9e, #8fbcff);
    --oim-json-string: light-dark(#176a41, #93d6aa);
    --oim-json-number: light-dark(#95460a, #efb27c);
    --oim-json-word: light-dark(#7a2d9c, #d3acff);

    --oim-font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
    --oim-mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace;
    --oim-size: 13.5px;
    --oim-small: 12px;
    --oim-code-size: 12.5px;
    --oim-radius: 8px;
    --oim-gap: 10px;
  }

  :host([theme="light"]) {
    color-scheme: light;
  }

  :host([theme="dark"]) {
    color-scheme: dark;
  }
`;
