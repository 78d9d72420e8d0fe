/** asset and the fields of a logo: the URLs are known without asking anybody, the bytes are fetched when asked for. */
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { isAssetId } from '../../domain/asset.js';
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
    description: 'Where the SVG is served: public, no token needed, cacheable for ever. Sharp at every size.',
  })
  svgUrl(@Root() { id }: AssetObject, @Ctx() { publicUrl }: GatewayContext): string {
    return `${publicUrl}/assets/${encodeURIComponent(id)}.svg`;
  }

  @FieldResolver(() => String, {
    description: 'Where the PNG (192 × 192) is served: public, no token needed, cacheable for ever.',
  })
  pngUrl(@Root() { id }: AssetObject, @Ctx() { publicUrl }: GatewayContext): string {
    return `${publicUrl}/assets/${encodeURIComponent(id)}.png`;
  }

  @FieldResolver(() => [MediaContentObject], {
    description:
      'The logo itself, one entry per form. Prefer the URLs in apps and web pages: they are cached on the way.',
  })
  async mediaContents(
    @Root() { id }: AssetObject,
    @Ctx() context: GatewayContext,
  ): Promise<readonly MediaContentObject[]> {
    return (await context.loaders.asset(id))?.mediaContents ?? [];
  }
}
