/** A logo. */
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('MediaContent', {
  simpleResolvers: true,
  description: 'One form of a logo: its bytes, and what they are.',
})
export class MediaContentObject {
  @Field(() => String, { description: 'MIME type: `image/svg+xml` or `image/png`.' })
  type!: string;

  @Field(() => String, { description: 'The file, base64-encoded.' })
  data!: string;

  @Field(() => Int, { nullable: true, description: 'Pixels; null for SVG, which has no fixed size.' })
  width!: number | null;

  @Field(() => Int, { nullable: true, description: 'Pixels; null for SVG, which has no fixed size.' })
  height!: number | null;
}

@ObjectType('Asset', {
  simpleResolvers: true,
  description:
    'A logo of a wallet or merchant: one square picture as SVG and as PNG. What stands behind an id never changes, ' +
    'so it can be kept for ever; new artwork gets a new id.',
})
export class AssetObject {
  @Field(() => ID, { description: 'The id of the asset, as in `TokenRequestor.imageAssetId`.' })
  id!: string;
}
