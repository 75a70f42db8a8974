/** leasehold.yaml to a Config. */
export { governedConfig, type GovernedConfig } from "./governed";
export { parseConfig, type ConfigParsing } from "./parse";
export { tryParseSecretRef, type ParsedSecretRef } from "./secrets";
