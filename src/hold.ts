/** The process edge of `npm run hold`: stops pushes for every process at once, lists what is stopped, and lifts. */
import { holdCommand } from './hold-command.js';

const { code, said } = await holdCommand(process.argv.slice(2));
(code === 0 ? process.stdout : process.stderr).write(`${said}\n`);
process.exitCode = code;
