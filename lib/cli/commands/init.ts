import { dirname, join, relative } from "node:path";
import { failure } from "../../errors";
import { limits } from "../../model/limits";
import type { CommandCall, CommandSpec } from "../command";
import { pathOption } from "../options";
import type { Shell } from "../shell";
import { repositoryFiles } from "../templates/repository";
import { packageDirectory } from "../version";

/** `leasehold init`: an access repository that works. */
export const init: CommandSpec = {
  name: "init",
  args: "[dir]",
  summary: "make an access repository that works: config, rules and a request",
  examples: [
    ["leasehold init demo", "make one in the new directory demo"],
    ["leasehold init", "make one here"],
  ],
  async run(call) {
    const directory = pathOption(call.args[0] ?? ".", call.global);
    const files = repositoryFiles({
      installation: newInstallation(call.shell),
      now: call.shell.clock.now(),
      schemas: await readSchemas(call.shell),
    });
    await refuseToOverwrite(call, directory, Object.keys(files));
    for (const [path, text] of Object.entries(files)) {
      await call.shell.files.makeDirectory(dirname(join(directory, path)));
      await call.shell.files.writeText(join(directory, path), text);
    }
    tellNext(call, directory, Object.keys(files));
    return 0;
  },
};

/** 20 random hexadecimal digits. */
function newInstallation(shell: Shell): string {
  return Buffer.from(shell.random.bytes(10)).toString("hex");
}

async function readSchemas(shell: Shell): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  for (const name of ["config.v1.json", "request.v1.json"]) {
    const file = join(packageDirectory(), "schemas", name);
    const text = await shell.files.tryReadText(file, limits.configBytes);
    if (text === undefined) {
      throw failure("E704", { detail: `no file ${file}`, fix: "install leasehold again: its schemas are missing" });
    }
    texts[name] = text;
  }
  return texts;
}

async function refuseToOverwrite(call: CommandCall, directory: string, paths: readonly string[]): Promise<void> {
  const present: string[] = [];
  for (const path of paths) {
    const text = await call.shell.files.tryReadText(join(directory, path), limits.blobBytes);
    if (text !== undefined) present.push(path);
  }
  if (present.length === 0) return;
  throw failure("E705", {
    summary: "there are files already that init would write",
    detail: `${present.join(", ")} in ${directory}`,
    fix: "name a new directory: `leasehold init DIR`",
  });
}

function tellNext(call: CommandCall, directory: string, paths: readonly string[]): void {
  const shown = relative(call.shell.directory, directory);
  const enter = shown === "" ? "" : `cd ${shown} && `;
  call.shell.output.result(
    [
      ...paths.map((path) => `+ ${shown === "" ? path : `${shown}/${path}`}`),
      "",
      `Next: ${enter}leasehold validate && leasehold plan`,
      "Then: leasehold policy accept, leasehold approve orders-first-look --as ben@example.com, leasehold apply",
    ].join("\n"),
  );
}
