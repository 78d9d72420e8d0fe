/** A logo's files as MDES hands them out: the SVG as it is drawn here, and the PNG that was painted of it when this was built. */
import { readFileSync } from 'node:fs';
import type { CatalogueEntry } from './catalogue-entry.js';
import { logoSvg } from './logo-drawings.js';

export interface LogoFiles {
  /** The files of a logo, as MDES hands them out: two, or the SVG that somebody brought along. */
  mediaContents(requestor: Pick<CatalogueEntry, 'logo' | 'ownLogo'>): readonly object[];
}

const PIXELS = 192;

export function createLogoFiles(): LogoFiles {
  // Read late: most runs of the simulator hand out none.
  let pngs: Readonly<Record<string, string>> | undefined;
  return {
    mediaContents({ logo, ownLogo }) {
      if (ownLogo !== undefined) {
        return [{ type: 'image/svg+xml', data: Buffer.from(ownLogo).toString('base64') }];
      }
      pngs ??= readPngs();
      return [
        { type: 'image/svg+xml', data: Buffer.from(logoSvg(logo)).toString('base64') },
        { type: 'image/png', data: pngs[logo], height: String(PIXELS), width: String(PIXELS) },
      ];
    },
  };
}

function readPngs(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(new URL('./logo-pngs.json', import.meta.url), 'utf8'));
}
