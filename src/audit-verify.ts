/** The process edge of `npm run audit:verify`: whether audit lines stand as they were written. */
import { auditVerifyCommand } from './audit-verify-command.js';

const { code, said } = await auditVerifyCommand(process.argv.slice(2), process.stdin);
(code === 0 ? process.stdout : process.stderr).write(`${said}\n`);
process.exitCode = code;
