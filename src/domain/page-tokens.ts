/** The look that all pages of the demo have in common, as custom properties: the demo bank, the simulated wallets, the way back. */

/** Night sky and moonlight; every pair of ink and ground that is used has a contrast of 4.5 to 1 at least. */
export const PAGE_TOKENS = `
:root {
  color-scheme: light dark;
  --ground: #efece5; --paper: #fffdf9; --raised: #f7f4ed; --line: #d9d3c6; --edge: #8b8474;
  --ink: #171b2e; --soft: #5a5d6e; --act: #1c2447; --on-act: #fff8e6; --glow: #b9862a;
  --good: #1c6547; --care: #845400; --bad: #a8261f; --focus: #2a5bd7; --secret: #f8e3b0;
  --display: "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", "DejaVu Serif", Georgia, serif;
  --text: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "DejaVu Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace;
  --step--1: .8125rem; --step-0: 1rem; --step-1: 1.1875rem; --step-2: 1.4375rem; --step-3: 1.875rem;
  --gap: 1rem; --round: 14px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0b0e1a; --paper: #131829; --raised: #1b2136; --line: #2d3550; --edge: #77809f;
    --ink: #ece8dc; --soft: #a9adbf; --act: #f1dfae; --on-act: #171b2e; --glow: #e7c46b;
    --good: #7fd1a8; --care: #eebd62; --bad: #ff9d92; --focus: #8fb1ff; --secret: #57461c;
  }
}
`;
