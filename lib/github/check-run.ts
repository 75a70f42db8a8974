import { digestOf } from "../model/canonical";
import { senseless, type Foreign } from "./foreign";
import { checkName } from "./names";
import type { GitHub } from "./open-github";
import type { CheckToPublish, PublishedCheck, RepositoryName } from "./types";

/** A check run to be put right. */
export interface CheckWrite {
  readonly headSha: string;
  readonly check: CheckToPublish;
  /** As it stands. */
  readonly published?: PublishedCheck;
}

/**
 * Puts our check run on a commit right and gives the number of writes; none where it says the same already. GitHub
 * takes 50 annotations at a time and never lets go of one: where they changed, a new check run takes the old
 * one's place. It is completed only by its last write, so that one cut short stays in progress, never green.
 */
export async function writeCheck(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  { headSha, check, published }: CheckWrite,
): Promise<number> {
  const externalId = externalIdOf(check);
  const isSame = published?.externalId === externalId && published.isCompleted;
  if (isSame && published.conclusion === check.conclusion.toUpperCase()) return 0;
  const batches = annotationBatches(check);
  // One that is not completed may lack annotations that its name promises.
  const isKept =
    published?.id !== undefined &&
    published.isCompleted &&
    annotationsPart(published.externalId) === annotationsPart(externalId);
  const output = { title: check.title, summary: check.summary, text: check.text };
  const completed = { status: "completed", conclusion: check.conclusion };
  if (isKept) {
    await update({ check_run_id: published.id, external_id: externalId, ...completed, output });
    return 1;
  }
  const [first = [], ...more] = batches;
  const made = await github.ask("create check run", {
    owner,
    repo,
    name: checkName,
    head_sha: headSha,
    external_id: externalId,
    output: { ...output, annotations: first },
    ...(more.length === 0 ? completed : { status: "in_progress" }),
  });
  const id = expectOnHead(made, headSha);
  expectConclusion(made, more.length === 0 ? check.conclusion : undefined);
  for (const [at, annotations] of more.entries()) {
    const end = at === more.length - 1 ? completed : {};
    // oxlint-disable-next-line no-await-in-loop -- only the last one completes it
    await update({ check_run_id: id, output: { ...output, annotations }, ...end });
  }
  return 1 + more.length;

  async function update(
    parameters: Readonly<Record<string, unknown>> & { readonly conclusion?: string },
  ): Promise<void> {
    const run = await github.ask("update check run", { owner, repo, ...parameters });
    expectConclusion(run, parameters.conclusion);
  }
}

const mostInBatch = 50;

/** Two digests: of all that it says, and of its annotations alone. */
function externalIdOf({ annotations, ...rest }: CheckToPublish): string {
  return `${digestOf({ ...rest, annotations }).slice(0, 32)}:${digestOf(annotations).slice(0, 32)}`;
}

function annotationsPart(externalId: string): string {
  return externalId.split(":")[1] ?? "";
}

function annotationBatches({ annotations }: CheckToPublish): readonly (readonly object[])[] {
  const all = annotations.map(({ path, startLine, endLine, level, title, message }) => ({
    path,
    start_line: startLine,
    end_line: endLine,
    annotation_level: level,
    title,
    message,
  }));
  return Array.from({ length: Math.ceil(all.length / mostInBatch) }, (_, at) =>
    all.slice(at * mostInBatch, (at + 1) * mostInBatch),
  );
}

/** The check run gates the merge: what GitHub took it for has to be what was sent. */
function expectConclusion(run: Foreign, conclusion: string | undefined): void {
  if (run.nullable("conclusion")?.string(100) !== conclusion) run.fail("another conclusion than asked for");
}

function expectOnHead(made: Foreign, headSha: string): number {
  if (made.get("head_sha").sha() !== headSha) throw senseless("create check run: made on another commit");
  return made.get("id").id();
}
