/** The process edge of `npm run doctor`: says what is wrong with this configuration, its keys, its clock and what it leads to. */
import { doctorCommand } from './doctor/doctor-command.js';

const { code, said } = await doctorCommand(process.argv.slice(2), process.stdin);
process.stdout.write(`${said}\n`);
process.exitCode = code;
