export { tryReadRememberedRules, tryRememberRules, type RememberedOptions } from "./remembered";
export { RulesProgramError, runRulesProgram, type RulesOutput, type RulesProgramOptions } from "./run";
export type { ProgramInput } from "./message";
