/** The answer of getAsset, read tolerantly: what is no picture is left out, the rest is served. */
import { z } from 'zod';
import type { Asset, MediaContent } from '../../domain/asset.js';
import { readPicture } from '../pictures/picture.js';
import { PictureFault } from '../pictures/picture-fault.js';
import type { Omissions } from './known-values.js';

/** MDES has a logo in two forms. */
const MAX_FORMS = 8;

export const AssetAnswer = z.object({ mediaContents: z.array(z.unknown()) });

/** Its `width` and `height` are not read: the picture itself says how large it is. */
const WireContent = z.object({ type: z.string(), data: z.base64().min(1) });

/** undefined when there is not one picture in it. */
export function toAsset(
  id: string,
  { mediaContents }: z.infer<typeof AssetAnswer>,
  omissions: Omissions,
): Asset | undefined {
  const pictures = mediaContents
    .slice(0, MAX_FORMS)
    .map((content) => toPicture(content, omissions))
    .filter((picture) => picture !== undefined);
  return pictures.length === 0 ? undefined : { id, mediaContents: pictures };
}

function toPicture(content: unknown, omissions: Omissions): MediaContent | undefined {
  const parsed = WireContent.safeParse(content);
  if (!parsed.success) {
    omissions.note('a form without type or data');
    return undefined;
  }
  try {
    return readPicture(parsed.data.type, parsed.data.data);
  } catch (error) {
    if (!(error instanceof PictureFault)) throw error;
    omissions.note(error.message);
    return undefined;
  }
}
