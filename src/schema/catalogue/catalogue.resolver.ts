/** catalogue: how old it is, and when it is refreshed. */
import { Ctx, Query, Resolver } from 'type-graphql';
import type { GatewayContext } from '../context.js';
import { CatalogueObject } from './catalogue.object.js';

@Resolver(() => CatalogueObject)
export class CatalogueResolver {
  @Query(() => CatalogueObject, {
    nullable: true,
    description:
      'How old the list of wallets and merchants is, and when it is refreshed. Asking for it costs nothing.\n\n' +
      'Errors: UNAUTHENTICATED, FORBIDDEN.',
  })
  catalogue(@Ctx() { loaders }: GatewayContext): CatalogueObject {
    const { asOf, nextRefreshAt, ...status } = loaders.catalogueStatus();
    return { ...status, asOf: toDate(asOf), nextRefreshAt: toDate(nextRefreshAt) };
  }
}

function toDate(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}
