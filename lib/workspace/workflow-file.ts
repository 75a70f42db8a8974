import { readYaml, type YamlValue } from "../request/yaml";

/** A workflow of GitHub Actions as far as doctor judges it. */
export interface WorkflowFile {
  readonly path: string;
  /** Names of the events that start it. */
  readonly events: readonly string[];
  readonly jobs: readonly WorkflowJob[];
}

/** A job of a workflow. */
export interface WorkflowJob {
  readonly name: string;
  /** Of the workflow's own token: each permission that can write; `default` where nothing is said. */
  readonly writes: readonly string[] | "default";
  readonly environment?: string;
  readonly isSelfHosted: boolean;
  /** Secrets that it names, but for GITHUB_TOKEN. `*` for all of them handed on. */
  readonly secrets: readonly string[];
  /** It hands the workflow's own token on. */
  readonly usesOwnToken: boolean;
  readonly steps: readonly WorkflowStep[];
}

/** A step of a job, or the reusable workflow that a job calls. */
export interface WorkflowStep {
  readonly uses?: string;
  readonly run?: string;
  readonly with: Readonly<Record<string, string>>;
}

/** Reads a workflow; undefined for what is not YAML as we read it, or no workflow. */
export function tryReadWorkflow(path: string, text: string): WorkflowFile | undefined {
  const reading = readYaml({ file: path, text }, { depth: 16, nodes: 20_000 });
  if (reading.kind === "problems") return undefined;
  const root = reading.value;
  const jobs = member(root, "jobs");
  if (jobs === undefined || member(root, "on") === undefined) return undefined;
  return {
    path,
    events: names(member(root, "on")),
    jobs: names(jobs).map((name) => jobOf(name, member(jobs, name), root)),
  };
}

function jobOf(name: string, job: YamlValue | undefined, workflow: YamlValue): WorkflowJob {
  const environment = member(job, "environment");
  const environmentName = textOf(environment) ?? textOf(member(environment, "name"));
  const runsOn = member(job, "runs-on");
  // What is said for the whole workflow reaches each of its jobs.
  const all = JSON.stringify([job ?? null, member(workflow, "env") ?? null]);
  const secrets = [...all.matchAll(/secrets\s*(?:\.\s*|\[\s*(?:'|\\"))([A-Za-z_]\w*)/g)].map((match) => match[1] ?? "");
  const handsAllOn = member(job, "secrets") === "inherit" || /toJSON\(\s*secrets\s*\)/i.test(all);
  return {
    name,
    writes: writesOf(member(job, "permissions") ?? member(workflow, "permissions")),
    ...(environmentName === undefined ? {} : { environment: environmentName }),
    isSelfHosted: member(runsOn, "group") !== undefined || names(runsOn).includes("self-hosted"),
    secrets: [
      ...new Set([...secrets.filter((one) => one.toUpperCase() !== "GITHUB_TOKEN"), ...(handsAllOn ? ["*"] : [])]),
    ],
    usesOwnToken: /secrets\s*\.\s*GITHUB_TOKEN|github\s*\.\s*token/i.test(all),
    steps: stepsOf(job),
  };
}

function stepsOf(job: YamlValue | undefined): readonly WorkflowStep[] {
  const listed = member(job, "steps");
  const steps: readonly (YamlValue | undefined)[] = Array.isArray(listed) ? listed : [];
  const called = member(job, "uses") === undefined ? [] : [job];
  return [...called, ...steps].map((step) => {
    const [uses, run, given] = [textOf(member(step, "uses")), textOf(member(step, "run")), member(step, "with")];
    return {
      ...(uses === undefined ? {} : { uses }),
      ...(run === undefined ? {} : { run }),
      with: Object.fromEntries(names(given).map((name) => [name, wordsOf(member(given, name))])),
    };
  });
}

/** An input as the Action gets it; a list or a map is none, and is shown as it stands. */
function wordsOf(value: YamlValue | undefined): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function writesOf(permissions: YamlValue | undefined): readonly string[] | "default" {
  if (permissions === undefined || permissions === null) return "default";
  if (permissions === "write-all") return ["everything"];
  return names(permissions).filter((name) => member(permissions, name) === "write");
}

/** The keys of a map, the texts of a list, or the one text. */
function names(value: YamlValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === "string");
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function member(value: YamlValue | undefined, key: string): YamlValue | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return (value as Readonly<Record<string, YamlValue>>)[key];
}

function textOf(value: YamlValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
