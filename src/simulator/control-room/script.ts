/** What runs in the control room: its forms become JSON for the control routes; what happened is read anew while the page is seen. */

export const CONTROL_ROOM_SCRIPT = `
const happened = () => document.getElementById('happened');
async function look() {
  const text = await (await fetch('/', { headers: { accept: 'text/html' } })).text();
  const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('happened');
  if (fresh === null || fresh.dataset.state === happened().dataset.state) return;
  const open = [...happened().querySelectorAll('details[open]')].map(({ id }) => id);
  const focused = document.activeElement?.closest('details')?.id;
  for (const id of open) fresh.querySelector('#' + CSS.escape(id))?.setAttribute('open', '');
  happened().replaceWith(document.adoptNode(fresh));
  if (focused) document.getElementById(focused)?.querySelector('summary').focus();
}
const valueOf = ({ type, value, dataset }) => (type === 'number' ? Number(value) * Number(dataset.times ?? 1) : value);
document.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const fields = [...form.elements].filter(({ name, value }) => name && value !== '');
  const order = Object.fromEntries(fields.map((field) => [field.name, valueOf(field)]));
  const said = form.querySelector('output');
  try {
    const answer = await fetch(form.getAttribute('action'), { method: 'POST', body: JSON.stringify(order) });
    const body = await answer.json();
    said.className = answer.ok ? '' : 'bad';
    said.textContent = answer.ok ? form.dataset.done + (body.tokenRequestorId ? ' ' + body.tokenRequestorId : '') : body.error.message;
    await look();
  } catch {
    said.className = 'bad';
    said.textContent = 'The simulator does not answer.';
  }
});
setInterval(() => document.hidden || look().catch(() => undefined), 2000);
`;
