/** The workloads that exist, in the order in which they run. */
import type { Workload } from './workload.js';
import { checks } from './workloads/c01-checks.js';
import { telemetry } from './workloads/c02-telemetry.js';
import { hotCatalogue } from './workloads/w01-hot-catalogue.js';
import { manyPickers } from './workloads/w02-many-pickers.js';
import { uniqueAssets } from './workloads/w03-unique-assets.js';
import { privateAccounts } from './workloads/w04-private-accounts.js';
import { pushes } from './workloads/w05-push.js';
import { logo } from './workloads/w06-logo.js';
import { growth } from './workloads/w07-growth.js';
import { cold } from './workloads/w08-cold.js';
import { start } from './workloads/w09-start.js';
import { openLoop } from './workloads/w10-open-loop.js';
import { bytesOnTheWire } from './workloads/w11-bytes.js';

export const WORKLOADS: readonly Workload[] = [
  hotCatalogue,
  manyPickers,
  uniqueAssets,
  privateAccounts,
  pushes,
  logo,
  growth,
  cold,
  start,
  openLoop,
  bytesOnTheWire,
  checks,
  telemetry,
];
