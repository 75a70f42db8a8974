/** What a program that writes Terraform's stacks imports from `leasehold/terraform`: the only entry that loads cdktf. */
export { adoptedState, type AdoptedState } from "./adopt";
export type { TerraformBackend } from "./backend";
export { declaredLevels } from "./declared";
export { writeTerraform, type TerraformOptions } from "./write";
