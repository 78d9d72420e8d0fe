/** The gateway that the browser tests run against: a whole one, with embedded parts. */
// Jest on Node 20 fails when modules that share an import are first loaded by parallel import() calls, as the
// gateway loads its embedded parts; loaded here beforehand, they are not.
import '../../src/simulator/demo-card-store.js';
import '../../src/simulator/demo-sign-in.js';
import '../../src/simulator/simulator.js';

export { startTestGateway as startGateway, type TestGateway as RunningGateway } from '../support/gateway.js';
