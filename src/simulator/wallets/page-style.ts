/** The style sheet of the wallets' pages: one column that fits a phone, a card in the middle of a desktop. */

export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #16202c; --soft: #5b6775; --paper: #fff; --ground: #eef1f5; --line: #d5dbe3; --act: #1d4ed8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf3; --soft: #a3afbd; --paper: #1a222c; --ground: #0f151c; --line: #36424f; --act: #2f64e6; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; align-content: start; justify-items: center; background: var(--ground);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 34rem; min-height: 100vh; padding: 1.25rem; background: var(--paper); overflow-wrap: anywhere; }
header { display: flex; gap: .875rem; align-items: center; padding-bottom: 1rem; border-bottom: 1px solid var(--line); }
header img { width: 56px; height: 56px; border-radius: 14px; border: 1px solid var(--line); flex: none; }
header p { margin: 0; font-weight: 600; }
header small { display: block; font-weight: 400; color: var(--soft); }
h1 { font-size: 1.375rem; line-height: 1.25; margin: 1.25rem 0 .5rem; }
p { margin: .5rem 0; }
ul { list-style: none; margin: 1rem 0; padding: 0; display: grid; gap: .75rem; }
li, fieldset { border: 1px solid var(--line); border-radius: 12px; padding: .875rem; margin: 0; }
li { display: grid; gap: .5rem; }
fieldset { display: grid; margin: 1rem 0; }
legend { padding: 0 .375rem; color: var(--soft); font-size: .875rem; }
code { font: .875rem/1.4 ui-monospace, monospace; }
.soft { color: var(--soft); font-size: .875rem; }
select, button { width: 100%; min-height: 44px; font: inherit; border-radius: 10px; }
select { padding: 0 .625rem; color: var(--ink); background: var(--paper); border: 1px solid var(--line); }
button { margin-top: .75rem; font-weight: 600; color: #fff; background: var(--act); border: 0; cursor: pointer; }
label.choice { display: flex; gap: .625rem; align-items: center; min-height: 44px; }
label.choice input { width: 1.125rem; height: 1.125rem; margin: 0; flex: none; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 1rem 0; font-size: .875rem; }
dt { color: var(--soft); }
dd { margin: 0; }
.report { border: 1px solid var(--line); border-left: 4px solid var(--act); border-radius: 8px; padding: .75rem .875rem; margin: 1rem 0; }
.report b { display: block; font: 600 1rem/1.4 ui-monospace, monospace; }
@media (min-width: 40rem) {
  main { min-height: 0; margin: 3rem 0; padding: 1.75rem; border-radius: 18px; border: 1px solid var(--line); }
}
`;
