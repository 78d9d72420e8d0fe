/** Sends load, from a process of its own. */
import { answerParent } from '../../../faults/support/child.js';
import { Ammunition } from './ammunition.js';
import { runClosed, runOpen } from './loops.js';
import type { ClosedPlan, OpenPlan, PreparedRequests } from './plan.js';

const prepared = new Map<string, Ammunition>();

answerParent({
  prepare: (requests: PreparedRequests) => void prepared.set(requests.name, new Ammunition(requests)),
  closed: (plan: ClosedPlan) => runClosed(ammunitionOf(plan.prepared), plan),
  open: (plan: OpenPlan) => runOpen(ammunitionOf(plan.prepared), plan),
});

function ammunitionOf(name: string): Ammunition {
  const found = prepared.get(name);
  if (found === undefined) throw new Error(`nothing is prepared as ${name}`);
  return found;
}
