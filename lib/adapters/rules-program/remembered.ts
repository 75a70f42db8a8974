import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { digestOf } from "../../model/canonical";
import { limits } from "../../model/limits";
import { checkSynthesis } from "../../synth/check";
import { contentDigest, isProgramInput, namesDigest } from "./inputs";
import type { ProgramInput } from "./message";
import type { RulesOutput, RulesProgramOptions } from "./run";

/** What a remembered synthesis belongs to. */
export interface RememberedOptions extends Pick<RulesProgramOptions, "repository" | "app" | "governed" | "hidden"> {
  /** The version of this package: another one may make another Manifest. */
  readonly version: string;
}

/**
 * The last synthesis, if it was made by this version, under the same governed config, and nothing that the
 * program read has changed since; else undefined. For `validate` and other looking only: whoever can write
 * to the repository can write this file, so nothing is ever accepted or applied from it. Never throws.
 */
export function tryReadRememberedRules(options: RememberedOptions): RulesOutput | undefined {
  try {
    const stored: unknown = JSON.parse(readBounded(rememberedFile(options.repository), 2 * limits.manifestBytes));
    if (!isRemembered(stored) || stored.key !== keyOf(options)) return undefined;
    if (!isUnchanged(options.repository, stored.inputs)) return undefined;
    const synthesis = checkSynthesis({ ...stored, governed: options.governed });
    return { ...synthesis, printed: "", inputs: stored.inputs };
  } catch {
    return undefined;
  }
}

/** Remembers a synthesis for `tryReadRememberedRules`. Says whether that was possible; never throws. */
export function tryRememberRules(options: RememberedOptions, output: RulesOutput): boolean {
  const file = rememberedFile(options.repository);
  const beside = `${file}.${process.pid}`;
  try {
    const remembered: Remembered = {
      key: keyOf(options),
      inputs: output.inputs,
      manifest: output.manifest,
      requests: output.requests,
    };
    mkdirSync(dirname(file), { recursive: true });
    // A repository may bring this directory as a link to somewhere else.
    if (realpathSync(dirname(file)) !== join(realpathSync(options.repository), outDirectory)) return false;
    writeFileSync(beside, JSON.stringify(remembered), { flag: "wx" });
    renameSync(beside, file);
    return true;
  } catch {
    rmSync(beside, { force: true });
    return false;
  }
}

/** Where it is remembered, within a repository. */
export function rememberedFile(repository: string): string {
  return join(repository, outDirectory, "rules.json");
}

interface Remembered {
  readonly key: string;
  readonly inputs: readonly ProgramInput[];
  readonly manifest: unknown;
  readonly requests: unknown;
}

const outDirectory = "leasehold.out";
const mostInputs = 10_000;
const mostInputBytes = 268_435_456;

/** Raised when what is remembered, or what is noted of a program's reading, changes its meaning. */
const format = 1;

function keyOf({ app, governed, hidden, version }: RememberedOptions): string {
  return digestOf({ format, app, governed, hidden: hidden.toSorted(), version });
}

function isUnchanged(repository: string, inputs: readonly ProgramInput[]): boolean {
  let bytes = 0;
  return inputs.every((input) => {
    const path = resolve(repository, input.path);
    if (!path.startsWith(resolve(repository) + sep)) return false;
    const stats = statSync(path, { throwIfNoEntry: false });
    switch (input.kind) {
      case "absent":
        return stats === undefined;
      case "directory":
        return stats?.isDirectory() === true && namesDigest(readdirSync(path)) === input.digest;
      case "file":
        bytes += stats?.size ?? 0;
        // Not a pipe, which would never end.
        if (stats?.isFile() !== true || bytes > mostInputBytes) return false;
        return contentDigest(readFileSync(path)) === input.digest;
    }
  });
}

function readBounded(path: string, maxBytes: number): string {
  const stats = statSync(path);
  if (!stats.isFile() || stats.size > maxBytes) throw new RangeError(`${path} is no file of at most ${maxBytes} bytes`);
  return readFileSync(path, "utf8");
}

function isRemembered(value: unknown): value is Remembered {
  if (typeof value !== "object" || value === null || !("key" in value) || !("inputs" in value)) return false;
  const { inputs } = value;
  return Array.isArray(inputs) && inputs.length > 0 && inputs.length <= mostInputs && inputs.every(isProgramInput);
}
