/** The gateway that the browser tests run against. */
export { type RunningGateway, startStubGateway as startGateway } from './stub-gateway.js';
