// Says whether the sources still compile with one file changed, without writing anything; what a change does not touch is checked once.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/**
 * Checks lib/ and providers/ of `root` once, and returns `check(texts)`: the messages about the sources with these texts by
 * file that are not there without them, none where they compile. What is unused or unreachable is left out: it is how a
 * defence that was taken out looks.
 */
export function typeChecker(root) {
  const config = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    { ...config.config, include: ["lib", "providers"] },
    ts.sys,
    root,
  );
  const settings = {
    ...options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    allowUnreachableCode: true,
    incremental: true,
    // With it, who uses a changed file would not be looked at again.
    isolatedModules: false,
  };
  const changed = new Map();
  const host = ts.createIncrementalCompilerHost(settings);
  const read = host.readFile;
  host.readFile = (path) => changed.get(path) ?? read(path);
  const parse = host.getSourceFile;
  const parsed = new Map();
  host.getSourceFile = (path, ...rest) => {
    if (changed.has(path)) return parse(path, ...rest);
    if (!parsed.has(path)) parsed.set(path, parse(path, ...rest));
    return parsed.get(path);
  };
  const build = (before) => ts.createSemanticDiagnosticsBuilderProgram(fileNames, settings, host, before);
  const sound = build();
  const known = new Set(messagesOf(sound));
  return (texts) => {
    for (const [file, text] of Object.entries(texts)) changed.set(join(root, file), text);
    const messages = messagesOf(build(sound));
    changed.clear();
    return messages.filter((message) => !known.has(message));
  };
}

function messagesOf(program) {
  const diagnostics = [...program.getSyntacticDiagnostics()];
  for (let next = program.getSemanticDiagnosticsOfNextAffectedFile(); next !== undefined;) {
    diagnostics.push(...next.result);
    next = program.getSemanticDiagnosticsOfNextAffectedFile();
  }
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}
