/** What is wrong with an environment, as the gateway says when it starts. */
import { ConfigurationError, readConfig } from '../../src/config/config.js';

export async function configFaults(
  environment: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  try {
    await readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}
