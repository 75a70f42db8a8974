export type { GovernedConfig, Synthesis } from "./synthesis";
export { synthesize } from "./synthesize";
