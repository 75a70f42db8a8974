import { TerraformBackend as CdktfBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";
import type { TerraformBackend } from "./backend";
import { terraformText } from "./text";

/**
 * Any type of backend with any settings. cdktf has a class per type, which wants every setting to be here; and without one it
 * writes the current folder into the file.
 */
export class StateBackend extends CdktfBackend {
  readonly #settings: Readonly<Record<string, string | number | boolean>>;

  constructor(scope: Construct, cluster: string, backend: TerraformBackend = beside) {
    super(scope, "backend", backend.type);
    const filled = Object.entries(backend.settings ?? {}).map(([name, value]) => [
      name,
      typeof value === "string" ? terraformText(value.replaceAll("{cluster}", cluster)) : value,
    ]);
    this.#settings = Object.fromEntries(filled) as Readonly<Record<string, string | number | boolean>>;
  }

  /** No stack of ours reads another's state. */
  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error("Expected no stack to ask for another's state");
  }

  protected override synthesizeAttributes(): Record<string, string | number | boolean> {
    return { ...this.#settings };
  }
}

/** From `<out>/stacks/<cluster>` to beside `<out>`, which may be deleted at any time. */
const beside: TerraformBackend = { type: "local", settings: { path: "../../../terraform.{cluster}.tfstate" } };
