import type { RepositorySettings } from "../github";
import type { Finding } from "../model/report";
import type { WorkflowFile, WorkflowJob, WorkflowStep } from "./workflow-file";

/** What the workflows are judged with. */
export interface JudgedWorkflows {
  /** Every file of .github/workflows of the default branch; `undefined` could not be read. */
  readonly files: ReadonlyMap<string, WorkflowFile | undefined>;
  /** What the workflow's own token may do where a job says nothing; absent where that is not known. */
  readonly defaultPermissions?: "read" | "write";
  /** Absent where they are not known. */
  readonly environments?: Extract<RepositorySettings["environments"], { kind: "read" }>["value"];
  readonly defaultBranch?: string;
}

/** What is weak in the workflows of an access repository: secrets beside a branch's code, code of a branch beside secrets, and what else leads there. */
export function judgeWorkflows(judged: JudgedWorkflows): readonly Finding[] {
  const read = [...judged.files.values()].filter((one) => one !== undefined);
  const unread = [...judged.files].flatMap(([path, file]) => (file === undefined ? [notRead(path)] : []));
  const found = read.flatMap((file) => [
    ...judgeEvents(file),
    ...file.jobs.flatMap((job) => judgeJob(file, job, judged)),
  ]);
  const all = [...unread, ...withoutRepeats(found), ...judgeEnvironments(read, judged)];
  if (all.some((one) => one.verdict !== "good") || read.length === 0) return all;
  return [
    ...all,
    good("workflows", `${read.length} workflows: no secret beside a branch's code, every action pinned.`),
  ];
}

function judgeEvents(file: WorkflowFile): readonly Finding[] {
  if (!file.events.includes("pull_request_target")) return [];
  const sentence = "It runs on pull_request_target: with the repository's secrets, for whoever opens a pull request.";
  return [bad(file.path, sentence, "use pull_request without secrets, and workflow_run from the default branch")];
}

function judgeJob(file: WorkflowFile, job: WorkflowJob, judged: JudgedWorkflows): readonly Finding[] {
  const at = `${file.path} ${job.name}`;
  return [
    ...(isOfBranch(file) ? judgeBranchJob(at, job, judged) : judgeTrustedJob(at, job)),
    ...job.steps.flatMap((step) => judgeStep(at, step)),
  ];
}

/** Events whose workflow file is that of a branch: who may push can change it. */
const branchEvents = /^(?:pull_request|pull_request_review|pull_request_review_comment|merge_group)$/;

function isOfBranch(file: WorkflowFile): boolean {
  return file.events.some((event) => branchEvents.test(event));
}

function judgeBranchJob(at: string, job: WorkflowJob, judged: JudgedWorkflows): readonly Finding[] {
  const found: Finding[] = [];
  const named = [...job.secrets, ...(job.usesOwnToken ? ["GITHUB_TOKEN"] : [])];
  if (named.length > 0 || job.environment !== undefined) {
    const what = named.length > 0 ? named.join(", ") : `the environment ${job.environment}`;
    found.push(
      bad(
        at,
        `It runs a branch's workflow with ${what}: whoever may push can read it.`,
        "take it out; plan in a workflow_run from the default branch, as `leasehold init --github` writes it",
      ),
    );
  }
  found.push(...judgePermissions(at, job, judged.defaultPermissions));
  if (job.isSelfHosted) {
    const sentence = "A branch's code runs on a machine of yours, and can leave something there for the next job.";
    found.push(bad(at, sentence, "use a hosted runner: `runs-on: ubuntu-latest`"));
  }
  if (job.steps.some((step) => isAction(step, "actions/checkout") && step.with["persist-credentials"] !== "false")) {
    const sentence = "The checkout keeps the job's token where the branch's code can read it.";
    found.push(weak(at, sentence, "set `persist-credentials: false` on actions/checkout"));
  }
  return found;
}

function judgePermissions(at: string, job: WorkflowJob, otherwise: "read" | "write" | undefined): readonly Finding[] {
  const fix = "write `permissions: {}` at the top of the workflow and `contents: read` in the job";
  if (job.writes === "default") {
    if (otherwise === "read") return [];
    return otherwise === "write"
      ? [bad(at, "It says no `permissions:`, and the repository's default lets its token write.", fix)]
      : [
          weak(
            at,
            "It says no `permissions:`; whether the repository's default lets its token write is not known.",
            fix,
          ),
        ];
  }
  if (job.writes.length === 0) return [];
  return [bad(at, `A branch's workflow may write: ${job.writes.join(", ")}.`, fix)];
}

function judgeTrustedJob(at: string, job: WorkflowJob): readonly Finding[] {
  const found: Finding[] = [];
  if (job.secrets.length > 0 && job.environment === undefined) {
    found.push(
      bad(
        at,
        `${job.secrets.join(", ")} belong to the whole repository: whoever may push a branch can read them with a workflow of their own.`,
        "keep them in an environment that only the default branch may use, and set `environment:`",
      ),
    );
  }
  if (job.usesOwnToken && job.steps.some(isLeasehold)) {
    found.push(
      bad(
        at,
        "It uses the workflow's own token: any workflow can forge its check, it starts no workflows, and it can't read teams.",
        "make a token of a GitHub App with actions/create-github-app-token",
      ),
    );
  }
  const head = job.steps.find(takesHead);
  if (head !== undefined && (job.secrets.length > 0 || job.environment !== undefined || job.usesOwnToken)) {
    const sentence = "It checks out a pull request's head beside a credential.";
    found.push(bad(at, sentence, "check out the default branch: leave `ref:` away; heads are read as Git objects"));
  }
  if (job.isSelfHosted && job.secrets.length > 0) {
    const sentence = "It has a credential on a machine of yours: what an earlier job left there can read it.";
    found.push(weak(at, sentence, "use a hosted runner, or one that is thrown away after each job"));
  }
  return found;
}

/** A ref, or a command, that leads to a pull request's head. */
function takesHead(step: WorkflowStep): boolean {
  const ref = `${step.with["ref"] ?? ""} ${step.with["repository"] ?? ""}`;
  const isCheckout = isAction(step, "actions/checkout");
  if (isCheckout && /head|refs\/pull|pull_request|merge_commit_sha/i.test(ref)) return true;
  return /gh\s+pr\s+checkout|refs\/pull\/|fetch\s[^\n]*\bpull\//.test(step.run ?? "");
}

function judgeStep(at: string, step: WorkflowStep): readonly Finding[] {
  return [...judgePin(at, step.uses), ...judgeScript(at, step.run)];
}

function judgePin(at: string, uses: string | undefined): readonly Finding[] {
  if (uses === undefined || uses.startsWith("./") || /^docker:\/\/.*@sha256:[0-9a-f]{64}$/.test(uses)) return [];
  const [action = "", version = ""] = uses.split("@");
  if (/^0{40}$/.test(version)) {
    return [bad(at, `${action} is still to be filled in.`, "put the commit of a release in, see docs/github.md")];
  }
  if (/^[0-9a-f]{40}$/.test(version)) return [];
  const fix = `pin it by commit: \`git ls-remote https://github.com/${action.split("/", 2).join("/")}\` names them`;
  return [bad(at, `${uses} can be moved to other code.`, fix)];
}

function judgeScript(at: string, run: string | undefined): readonly Finding[] {
  const taken = /\$\{\{[^}]*\b(?:github\s*\.\s*(?:event|head_ref|ref_name)|inputs)\b[^}]*\}\}/.exec(run ?? "")?.[0];
  if (taken === undefined) return [];
  const sentence = `${taken.replace(/\s+/g, " ").slice(0, 100)} becomes part of a script: its text is run.`;
  return [bad(at, sentence, "hand it over as a variable in `env:` and quote it")];
}

/** The environments that jobs with credentials are bound to, held against what the repository has. */
function judgeEnvironments(files: readonly WorkflowFile[], judged: JudgedWorkflows): readonly Finding[] {
  const used = new Set(files.flatMap((file) => file.jobs.flatMap((job) => job.environment ?? [])));
  const { environments, defaultBranch } = judged;
  if (environments === undefined || defaultBranch === undefined) return [];
  return [...used].toSorted().flatMap((name): readonly Finding[] => {
    const at = `environment ${name}`;
    const environment = environments.find((one) => one.name.toLowerCase() === name.toLowerCase());
    const fix = `allow only the branch ${defaultBranch} under Settings > Environments > ${name} > Deployment branches`;
    if (environment === undefined) {
      return [bad(at, "It does not exist: GitHub makes it without any limit when a job first names it.", fix)];
    }
    const { branches, hasReviewers } = environment;
    const reviewed = hasReviewers ? "; somebody has to let each run through" : "";
    if (branches === "all") {
      return hasReviewers
        ? [weak(at, "Any branch's workflow may ask for it; a reviewer lets it through.", fix)]
        : [bad(at, "Any branch's workflow gets its secrets, and nobody is asked.", fix)];
    }
    if (branches === "protected") {
      return [weak(at, "Every branch with a protection rule gets its secrets, not the default branch alone.", fix)];
    }
    const others = branches.filter((pattern) => pattern !== defaultBranch);
    if (others.length > 0) return [bad(at, `Branches like ${others.join(", ")} get its secrets.`, fix)];
    return [good(at, `Only ${defaultBranch} gets its secrets${reviewed}.`)];
  });
}

function isAction(step: WorkflowStep, action: string): boolean {
  return step.uses?.toLowerCase().startsWith(`${action}@`) === true;
}

/** Our Action, or our command line. */
function isLeasehold(step: WorkflowStep): boolean {
  return /(?:^|\/)leasehold(?:@|\/)/.test(step.uses ?? "") || /\bleasehold\s/.test(step.run ?? "");
}

function notRead(path: string): Finding {
  const sentence = "It cannot be read as a workflow, so nothing is known of it.";
  return { name: path, verdict: "unknown", sentence, fix: "write it as plain YAML, without anchors and tags" };
}

function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [`${one.name} ${one.sentence}`, one])).values()];
}

function bad(name: string, sentence: string, fix: string): Finding {
  return { name, verdict: "bad", sentence, fix };
}

function weak(name: string, sentence: string, fix: string): Finding {
  return { name, verdict: "weak", sentence, fix };
}

function good(name: string, sentence: string): Finding {
  return { name, verdict: "good", sentence };
}
