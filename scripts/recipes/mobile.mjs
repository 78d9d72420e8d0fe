/** What can be told of a recipe for phones without its tools: that documents, scalars and policies fit the schema. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  buildSchema,
  isEnumType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  parse,
  validate,
} from 'graphql';
import { ROOT } from './workspace.mjs';

/** @param {string} recipe @returns what was found @throws Error with what does not fit */
export function checkMobileRecipe(recipe) {
  const schema = buildSchema(readFileSync(join(ROOT, 'schema.graphql'), 'utf8'));
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const scalars = types
    .filter((type) => isScalarType(type) && !isSpecifiedScalarType(type))
    .map(({ name }) => name);
  const withId = types.filter((type) => isObjectType(type) && type.getFields()['id']).map(({ name }) => name);
  const read = (/** @type {string} */ file) => readFileSync(join(recipe, file), 'utf8');

  const documents = parse(read('graphql/walk.graphql'));
  const faults = validate(schema, documents).map(({ message }) => message);
  const ownUnknown = types
    .filter((type) => isEnumType(type) && type.getValue('UNKNOWN__'))
    .map(({ name }) => name);
  faults.push(...ownUnknown.map((name) => `${name} has the value that Apollo Kotlin makes itself`));
  if (basename(recipe) === 'apollo-ios') {
    const { input } = JSON.parse(read('apollo-codegen-config.json'));
    if (!input.operationSearchPaths.includes('graphql/**/*.graphql'))
      faults.push('the documents are not searched');
    const missing = scalars.filter((name) => !existsSync(join(recipe, `CustomScalars/${name}.swift`)));
    faults.push(...missing.map((name) => `there is no file for the scalar ${name}`));
  } else {
    const build = read('build.gradle.kts');
    const unmapped = scalars.filter((name) => !new RegExp(`mapScalar\\w*\\("${name}"`).test(build));
    faults.push(...unmapped.map((name) => `the scalar ${name} is not mapped`));
    const policies = [...read('extra.graphqls').matchAll(/^extend type (\w+)/gm)].map(([, name]) => name);
    if (policies.join() !== withId.join()) faults.push(`policies for ${policies}, ids in ${withId}`);
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return `${documents.definitions.length} definitions fit the schema, scalars ${scalars.join(', ')}; not generated`;
}
