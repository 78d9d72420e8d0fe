/**
 * Jest's Node environment, with a way to what Node itself has loaded (native-esm.mjs, native-cjs.mjs). A test file in which listeners
 * leak fails; unhandled errors and rejections Jest itself takes for failures.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { TestEnvironment } from 'jest-environment-node';

/** This module is loaded once a worker; an environment is made for each test file. @type {Map<string, unknown>} */
const keptByWorker = new Map();

/**
 * Jest's runner makes an AsyncLocalStorage for each test file and never ends it. In Node 20 and 22 every promise carries the value
 * of every one that was ever used: without this, a worker's fortieth file pays forty times over.
 * @type {Set<AsyncLocalStorage<unknown>>}
 */
const contextsInUse = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (/** @type {[any, any]} */ ...args) {
  contextsInUse.add(this);
  return run.apply(this, args);
};

export default class NativeEnvironment extends TestEnvironment {
  /** @type {string[]} */
  #leaks = [];
  #onWarning = (/** @type {Error} */ { name, stack = name }) => {
    if (name === 'MaxListenersExceededWarning') this.#leaks.push(stack);
  };

  /** @override */
  async setup() {
    await super.setup();
    process.on('warning', this.#onWarning);
    Object.assign(this.global, {
      nativeImport: (/** @type {string} */ file) => import(pathToFileURL(file).href),
      keptByWorker,
      nativeRequire: createRequire(import.meta.url),
      // what the product throws and makes is of Node's own realm: `toBeInstanceOf(Error)` must hold for it
      Error,
      TypeError,
      RangeError,
      SyntaxError,
      AggregateError,
      Map,
      Set,
      Date,
      Promise,
    });
  }

  /** @override */
  async teardown() {
    process.removeListener('warning', this.#onWarning);
    await super.teardown();
    for (const context of contextsInUse) context.disable();
    contextsInUse.clear();
    if (this.#leaks.length > 0) throw new Error(`Listeners leak: ${this.#leaks.join('\n')}`);
  }
}
