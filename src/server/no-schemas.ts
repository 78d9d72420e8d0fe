/** No route of ours has a JSON schema: what Fastify would check and write them with need not be loaded. */

export const NO_SCHEMAS = { buildValidator: refuse, buildSerializer: refuse };

function refuse(): never {
  throw new TypeError('this server works without JSON schemas');
}
