/** How many calls to others an operation has made itself: none that another one had under way, and no repeats. */
export class UpstreamCalls {
  mdes = 0;
  cardStore = 0;
}
