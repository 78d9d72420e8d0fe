/** The control room's style sheet: controls beside what happened, one below the other on a phone. */
import { PAGE_TOKENS } from '../../domain/page-tokens.js';

export const CONTROL_ROOM_STYLE = `${PAGE_TOKENS}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: var(--step-0)/1.5 var(--text); overflow-wrap: anywhere; }
header, .room { max-width: 78rem; margin: 0 auto; padding: 1.25rem; }
header { padding-bottom: 0; }
h1 { font: 400 var(--step-3)/1.2 var(--display); margin: 0; }
h2 { font: 400 var(--step-2)/1.2 var(--display); margin: 1.25rem 0 .75rem; }
output:empty { display: none; }
pre { margin: .25rem 0; }
h3 { font: 600 var(--step-0)/1.4 var(--text); margin: 0 0 .5rem; }
p { margin: .375rem 0; }
.soft, dt { color: var(--soft); font-size: var(--step--1); }
.room { display: grid; gap: 1.25rem; }
section, form { min-width: 0; }
form, details, .none { background: var(--paper); border: 1px solid var(--line); border-radius: var(--round); }
form, .none { padding: 1rem; margin: 0 0 .75rem; }
details { margin-bottom: .5rem; }
summary { display: flex; flex-wrap: wrap; gap: .125rem .75rem; align-items: baseline; min-height: 44px; padding: .625rem 1rem; cursor: pointer; }
summary b { font-weight: 600; flex: 1 1 14rem; }
.group > div { padding: 0 .75rem .25rem; }
details > dl, details > pre { margin: 0; padding: 0 1rem 1rem; }
label { display: block; margin-bottom: .625rem; font-size: var(--step--1); color: var(--soft); }
input, select, textarea { display: block; width: 100%; min-height: 44px; padding: .5rem .625rem; font: inherit; color: var(--ink);
  background: var(--raised); border: 1px solid var(--edge); border-radius: 8px; }
textarea { font: .8125rem/1.5 var(--mono); }
button { width: 100%; min-height: 44px; font: 600 1rem var(--text); color: var(--on-act); background: var(--act); border: 0; border-radius: 8px; cursor: pointer; }
output { display: block; margin-top: .375rem; font-size: var(--step--1); color: var(--good); }
output.bad { color: var(--bad); }
pre { white-space: pre-wrap; font: .8125rem/1.5 var(--mono); }
dl { display: grid; gap: .25rem; }
dd { margin: 0 0 .5rem; font: .8125rem/1.5 var(--mono); }
.good { color: var(--good); } .bad { color: var(--bad); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.past { display: inline-block; padding: .625rem 0; color: inherit; }
@media (min-width: 56rem) { .room { grid-template-columns: 21rem 1fr; } .past { display: none; } }
`;
