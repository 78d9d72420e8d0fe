/** As native-esm.mjs, for CommonJS packages. */
/** @type {import('@jest/transform').SyncTransformer} */
export default {
  getCacheKey: (_text, path) => path.replaceAll(/\W/g, '-'),
  process: (_text, path) => ({ code: `module.exports = nativeRequire(${JSON.stringify(path)});` }),
};
