/** The gateway that the browser tests run against: a whole one, with embedded parts. */
export { startTestGateway as startGateway, type TestGateway as RunningGateway } from '../support/gateway.js';
