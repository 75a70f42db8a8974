import { LeaseholdError } from "../../errors";
import type { CommandSpec } from "../command";

/** `leasehold synth`: the rules as data. */
export const synth: CommandSpec = {
  name: "synth",
  summary: "run the rules program and write leasehold.out/manifest.json",
  examples: [["leasehold synth", "write leasehold.out/manifest.json"]],
  formats: ["text", "json"],
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { join } = await import("node:path");
      const { readRules } = await import("../../workspace/declared.js");
      const { canonicalJson } = await import("../../model/canonical.js");
      const { rules, diagnostics, printed } = await readRules(workspace.ports, workspace.repository);
      const { output, files } = call.shell;
      const { renderPrinted } = await import("../../render/printed.js");
      if (printed !== "") output.progress(renderPrinted(printed));
      if (rules === undefined) throw new LeaseholdError(diagnostics);
      const directory = join(workspace.repository.root, "leasehold.out");
      const text = canonicalJson(rules.manifest);
      await files.makeDirectory(directory);
      await files.writeText(join(directory, "manifest.json"), `${text}\n`);
      const { manifest } = rules;
      const counts = `${manifest.rules.length} rules, ${manifest.connections.length} connections, ${manifest.users.length} people`;
      output.result(
        call.global.format === "json"
          ? text
          : `Wrote leasehold.out/manifest.json: ${counts}, digest ${rules.digest.slice(0, 12)}.`,
      );
      return 0;
    });
  },
};
