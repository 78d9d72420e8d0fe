/** The answer of getAsset. */
import { z } from 'zod';
import type { Asset } from '../domain/asset.js';

/** Pixels, as text by the specification. */
const pixels = z
  .union([z.string().regex(/^\d{1,6}$/), z.int().nonnegative()])
  .transform(Number)
  .nullish()
  .transform((value) => value ?? null);

export const AssetAnswer = z.object({
  mediaContents: z
    .array(
      z.object({
        type: z.string().min(1),
        data: z.base64().min(1),
        width: pixels,
        height: pixels,
      }),
    )
    .min(1),
});

export function toAsset(id: string, { mediaContents }: z.infer<typeof AssetAnswer>): Asset {
  return { id, mediaContents };
}
