/** Makes a logo's files when somebody asks for them, and keeps them: their content never changes. */
import { type LogoName, logoSvg } from './logo-drawings.js';

export interface LogoFiles {
  /** The two files of a logo, as MDES hands them out. */
  mediaContents(logo: LogoName): Promise<readonly object[]>;
}

const PIXELS = 192;

export function createLogoFiles(): LogoFiles {
  const made = new Map<LogoName, Promise<readonly object[]>>();
  return {
    mediaContents(logo) {
      const known = made.get(logo);
      if (known !== undefined) return known;
      const contents = makeContents(logoSvg(logo));
      made.set(logo, contents);
      return contents;
    },
  };
}

async function makeContents(svg: string): Promise<readonly object[]> {
  // Loaded late: most runs of the simulator paint nothing, and the library takes its time to load.
  const { default: sharp } = await import('sharp');
  const picture = Buffer.from(svg);
  const png = await sharp(picture).resize(PIXELS, PIXELS).ensureAlpha().png().toBuffer();
  return [
    { type: 'image/svg+xml', data: picture.toString('base64') },
    { type: 'image/png', data: png.toString('base64'), height: String(PIXELS), width: String(PIXELS) },
  ];
}
