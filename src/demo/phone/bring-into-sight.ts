/** Scrolls a screen to what has come up below its edge: the browser itself would move the phone as well. */

const ROOM = 16;

export function bringIntoSight(part: Element | null): void {
  const screen = part?.closest('.screen');
  const body = screen?.querySelector('.screen-body');
  if (part == null || screen == null || body == null) return;
  const foot = screen.querySelector('.screen-foot');
  const end = Math.min(
    window.innerHeight,
    (foot ?? screen).getBoundingClientRect()[foot === null ? 'bottom' : 'top'],
  );
  const start = Math.max(0, body.getBoundingClientRect().top);
  const { top, bottom } = part.getBoundingClientRect();
  // What is longer than the screen is shown from its beginning.
  const over = Math.min(bottom - end, top - start) + ROOM;
  const scroller = getComputedStyle(body).overflowY === 'auto' ? body : window;
  if (over > ROOM) scroller.scrollBy({ top: over });
}
