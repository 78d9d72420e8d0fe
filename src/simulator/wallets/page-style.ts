/** The style sheet of the wallets' pages: one column that fits a phone, a card in the middle of a desktop. */
import { PAGE_TOKENS } from '../../domain/page-tokens.js';

export const PAGE_STYLE = `${PAGE_TOKENS}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; align-content: start; justify-items: center; background: var(--ground);
  color: var(--ink); font: var(--step-0)/1.5 var(--text); }
main { width: 100%; max-width: 34rem; min-height: 100vh; padding: 1.5rem 1.25rem; background: var(--paper); overflow-wrap: anywhere; }
header { display: flex; gap: .875rem; align-items: center; padding-bottom: 1.25rem; border-bottom: 1px solid var(--line); }
header img { width: 56px; height: 56px; border-radius: 14px; border: 1px solid var(--line); flex: none; }
header p { margin: 0; font-weight: 600; }
header small { display: block; font-weight: 400; font-size: var(--step--1); color: var(--soft); }
h1 { font: 400 var(--step-3)/1.2 var(--display); margin: 1.75rem 0 .75rem; text-wrap: balance; }
p { margin: .5rem 0; }
ul { list-style: none; margin: 1.25rem 0; padding: 0; display: grid; gap: .75rem; }
li, fieldset { border: 1px solid var(--line); border-radius: var(--round); padding: .875rem 1rem; margin: 0; }
li { display: grid; gap: .5rem; }
fieldset { display: grid; padding-block: .25rem; }
legend { padding: 0 .375rem; color: var(--soft); font-size: var(--step--1); }
code { font: .8125rem/1.4 var(--mono); }
.soft { color: var(--soft); font-size: var(--step--1); }
.card b { font-weight: 600; }
.card span { color: var(--soft); }
select, button, a.button { width: 100%; min-height: 48px; font: inherit; border-radius: var(--round); }
select { padding: 0 .625rem; color: var(--ink); background: var(--paper); border: 1px solid var(--edge); }
button, a.button { display: grid; place-items: center; margin-top: .75rem; font-weight: 600; text-decoration: none;
  color: var(--on-act); background: var(--act); border: 0; cursor: pointer; }
label.choice { display: flex; gap: .625rem; align-items: center; min-height: 44px; }
label.choice input { width: 1.125rem; height: 1.125rem; margin: 0; flex: none; accent-color: var(--act); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 1rem 0 0; font-size: var(--step--1); }
dt { color: var(--soft); }
dd { margin: 0; }
details { margin-top: 1.25rem; border-top: 1px solid var(--line); }
summary { min-height: 44px; padding: .625rem 0; color: var(--soft); font-size: var(--step--1); cursor: pointer; }
.report { border: 1px solid var(--line); border-inline-start: 4px solid var(--glow); border-radius: 8px; padding: .75rem 1rem; margin: 1rem 0; }
.report b { display: block; font: 600 1rem/1.4 var(--mono); }
@media (min-width: 40rem) {
  main { min-height: 0; margin: 3rem 0; padding: 2rem; border-radius: 20px; border: 1px solid var(--line); }
}
`;
