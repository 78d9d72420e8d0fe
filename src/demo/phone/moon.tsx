/** How far something has come, as a phase of the moon: new when nothing is there, full when all is. */
import type { PushStatus } from '../generated.js';

const LIT: Readonly<Record<PushStatus, number>> = {
  IN_PROGRESS: 0.15,
  READY: 0.3,
  HANDED_OFF: 0.5,
  UNKNOWN: 0.5,
  PARTIALLY_COMPLETED: 0.6,
  ACTION_REQUIRED: 0.85,
  COMPLETED: 1,
  DECLINED: 0,
  CANCELLED: 0,
  FAILED: 0,
  EXPIRED: 0,
};

const RADIUS = 22;
const CRATERS =
  'M27 12a4 4 0 1 0 .01 0zM37 22a5 5 0 1 0 .01 0zM25 31a3 3 0 1 0 .01 0zM21 20a2 2 0 1 0 .01 0zM34 37a2 2 0 1 0 .01 0z';

export function Moon({ status, size }: { readonly status: PushStatus; readonly size: number }) {
  const lit = LIT[status];
  const bulge = Math.abs(1 - 2 * lit) * RADIUS;
  const sweep = lit < 0.5 ? 0 : 1;
  return (
    <svg class="moon-phase" viewBox="0 0 48 48" width={size} height={size} aria-hidden="true">
      <circle cx="24" cy="24" r={RADIUS} class="dark" />
      {lit === 0 ? null : (
        <path
          class="lit"
          d={`M24 ${24 - RADIUS}a${RADIUS} ${RADIUS} 0 0 1 0 ${2 * RADIUS}a${bulge} ${RADIUS} 0 0 ${sweep} 0 ${-2 * RADIUS}`}
        />
      )}
      {lit < 0.8 ? null : <path class="craters" d={CRATERS} />}
    </svg>
  );
}
