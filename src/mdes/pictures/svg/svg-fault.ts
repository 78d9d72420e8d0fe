/** Why an SVG is none that may be shown. */
import { PictureFault } from '../picture-fault.js';

/** @param what one of our sentences: nothing of the picture */
export function svgFault(what: string): PictureFault {
  return new PictureFault(`image/svg+xml ${what}`);
}
