// The list of mutants, test/mutants.json: each takes one defence out of one file, and names the tests that must notice.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the list is. */
export const LIST = "test/mutants.json";

const KEYS = ["name", "defends", "file", "find", "replace", "tests", "build"];

/**
 * Reads the list: `{name, defends, file, find, replace, tests, build?}` each. `defends` is the row of the threat model or
 * the call site whose defence is taken out; `find` stands exactly once in `file`; `build` says that the tests run what is
 * in dist/.
 */
export function readMutants(root) {
  return JSON.parse(readFileSync(join(root, LIST), "utf8"));
}

/** What is wrong with the list, one sentence each: what is found more than once or not at all, what is missing, what changes nothing. */
export function findListProblems(root, mutants) {
  const names = new Map();
  for (const { name } of mutants) names.set(name, (names.get(name) ?? 0) + 1);
  const twice = [...names].filter(([, count]) => count > 1).map(([name]) => `${name}: there are two of this name`);
  return [...twice, ...mutants.flatMap((mutant) => problemsOf(root, mutant).map((one) => `${mutant.name}: ${one}`))];
}

/** The text of a mutant's file with the defence taken out. */
export function mutate(text, { find, replace }) {
  const at = text.indexOf(find);
  return text.slice(0, at) + replace + text.slice(at + find.length);
}

function problemsOf(root, mutant) {
  const unknown = Object.keys(mutant).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0) return [`unknown keys ${unknown.join(", ")}`];
  const texts = ["name", "defends", "file", "find"].filter(
    (key) => typeof mutant[key] !== "string" || mutant[key] === "",
  );
  if (texts.length > 0 || typeof mutant.replace !== "string")
    return ["name, defends, file, find and replace are texts"];
  if (!Array.isArray(mutant.tests) || mutant.tests.length === 0) return ["it names no test"];
  const problems = mutant.tests.filter((file) => !existsSync(join(root, file))).map((file) => `there is no ${file}`);
  if (!existsSync(join(root, mutant.file))) return [...problems, `there is no ${mutant.file}`];
  const count = readFileSync(join(root, mutant.file), "utf8").split(mutant.find).length - 1;
  if (count !== 1) problems.push(`its text stands ${count} times in ${mutant.file}, not once`);
  if (mutant.find === mutant.replace) problems.push("it changes nothing");
  return problems;
}
