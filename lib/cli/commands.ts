import type { CommandSpec } from "./command";
import { apply } from "./commands/apply";
import { approve } from "./commands/approve";
import { connect } from "./commands/connect";
import { credentials } from "./commands/credentials";
import { doctor } from "./commands/doctor";
import { explain } from "./commands/explain";
import { freeze, thaw } from "./commands/freeze";
import { gateway } from "./commands/gateway";
import { importDatabase } from "./commands/import";
import { init } from "./commands/init";
import { log } from "./commands/log";
import { optOut } from "./commands/opt-out";
import { plan } from "./commands/plan";
import { policy } from "./commands/policy";
import { pr } from "./commands/pr";
import { reconcile } from "./commands/reconcile";
import { request } from "./commands/request";
import { revoke } from "./commands/revoke";
import { status } from "./commands/status";
import { synth } from "./commands/synth";
import { tidy } from "./commands/tidy";
import { validate } from "./commands/validate";

/** Every command, in the order in which `--help` lists them. */
export const commands: readonly CommandSpec[] = [
  init,
  request,
  validate,
  synth,
  plan,
  policy,
  approve,
  apply,
  reconcile,
  revoke,
  optOut,
  freeze,
  thaw,
  status,
  explain,
  connect,
  credentials,
  log,
  doctor,
  gateway,
  importDatabase,
  pr,
  tidy,
];
