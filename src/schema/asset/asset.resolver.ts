/** asset and the fields of a logo: the URLs are known without asking anybody, the bytes are fetched when asked for. */
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { isAssetId, PNG_TYPE, SVG_TYPE } from '../../domain/asset.js';
import type { GatewayContext } from '../context.js';
import { AssetObject, MediaContentObject } from './asset.object.js';

@Resolver(() => AssetObject)
export class AssetResolver {
  @Query(() => AssetObject, {
    nullable: true,
    description:
      'A logo by its id; null when there is none.\n\nErrors: UNAUTHENTICATED, FORBIDDEN, UPSTREAM_UNAVAILABLE.',
  })
  async asset(@Arg('id', () => ID) id: string, @Ctx() context: GatewayContext): Promise<AssetObject | null> {
    if (!isAssetId(id)) return null;
    return (await context.loaders.asset(id)) === null ? null : { id };
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where the SVG is served: public, no token needed, cacheable for ever. Sharp at every size. Null when it is known ' +
      'that there is none that can be shown.',
  })
  svgUrl(@Root() { id }: AssetObject, @Ctx() context: GatewayContext): string | null {
    return urlOf(id, SVG_TYPE, 'svg', context);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where the PNG (192 × 192) is served: public, no token needed, cacheable for ever. Null when it is known that ' +
      'there is none that can be shown.',
  })
  pngUrl(@Root() { id }: AssetObject, @Ctx() context: GatewayContext): string | null {
    return urlOf(id, PNG_TYPE, 'png', context);
  }

  @FieldResolver(() => [MediaContentObject], {
    description:
      'The logo itself, one entry per form that can be shown; none where there is no such form. Prefer the URLs in apps ' +
      'and web pages: they are cached on the way.',
  })
  async mediaContents(
    @Root() { id }: AssetObject,
    @Ctx() context: GatewayContext,
  ): Promise<readonly MediaContentObject[]> {
    return (await context.loaders.asset(id))?.mediaContents ?? [];
  }
}

function urlOf(
  id: string,
  type: string,
  extension: string,
  { loaders, publicUrl }: GatewayContext,
): string | null {
  return loaders.mayHaveLogo(id, type) ? `${publicUrl}/assets/${encodeURIComponent(id)}.${extension}` : null;
}
