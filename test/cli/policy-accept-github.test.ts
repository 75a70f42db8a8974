/** `policy accept` with approvals on GitHub: what is accepted is a commit, and its Manifest is committed. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { newRepository, type CommandLine } from "./support/leasehold";

test("outside of a clone of Git nothing can be accepted", async () => {
  const line = await onGitHub({ git: false });
  const ran = await line.run("policy", "accept");
  expect(ran).toMatchObject({ exitCode: 5 });
  expect(ran.stderr).toContain("E406");
});

test("the commit is recorded, its requests are spent, and without a token nobody is pinned", async () => {
  const line = await onGitHub();
  const ran = await line.run("policy", "accept");
  expect(ran).toMatchObject({ exitCode: 0 });
  const head = git(line, "rev-parse", "HEAD");
  expect(ran.stdout).toContain(`It is that of commit ${head.slice(0, 12)}.`);
  expect(ran.stderr).toContain("the reviews of nobody without a pin count");
  expect(ran.stderr).toContain("ana-gh, ben-gh, cleo-gh");
  const [accepted] = records(line).filter(({ type }) => type === "policy.accepted");
  expect(accepted).toMatchObject({ commit: head, spent: ["orders-first-look"], pinned: [] });
  const listing = git(line, "ls-tree", "-r", "HEAD").split("\n");
  const governed = listing.filter((one) => !one.includes("requests/")).length;
  const blob = line.read(".leasehold/log/blobs", String(accepted?.["governed"]));
  expect(JSON.parse(blob)).toHaveLength(governed);
  expect((await line.run("policy", "accept")).stdout).toContain("is in force already");
});

test("a governed file that is not committed keeps it from being accepted; a request does not", async () => {
  const line = await onGitHub();
  line.write("requests/another.yaml", "kind: nothing\n");
  line.write("notes.txt", "not known to Git\n");
  const ran = await line.run("policy", "accept");
  expect(ran).toMatchObject({ exitCode: 5 });
  expect(ran.stderr).toContain("notes.txt differ from what is checked out");
  git(line, "add", "notes.txt");
  git(line, "commit", "-qm", "Notes");
  expect(await line.run("policy", "accept")).toMatchObject({ exitCode: 0 });
});

test("a committed Manifest that the rules do not say is refused by accept, synth --check and told by validate", async () => {
  const line = await onGitHub();
  expect(await line.run("synth", "--check")).toMatchObject({ exitCode: 0 });
  line.edit("leasehold.out/manifest.json", '"manifestVersion": 1', '"manifestVersion": 1,\n  "manifestVersion": 1');
  git(line, "commit", "-qam", "A key that stands there twice");
  const accepted = await line.run("policy", "accept");
  expect(accepted).toMatchObject({ exitCode: 3 });
  expect(accepted.stderr).toMatch(/leasehold\.out\/manifest\.json:\d+:1 error E205/);
  expect(await line.run("synth", "--check")).toMatchObject({ exitCode: 3 });
  const validated = await line.run("validate");
  expect(validated).toMatchObject({ exitCode: 0 });
  expect(validated.stdout).toMatch(/manifest\.json:\d+:1 warning E205/);
});

test("leasehold.yaml below the top of the repository cannot be accepted", async () => {
  const line = await onGitHub({ git: false });
  const above = line.path("..");
  execFileSync("git", ["-C", above, "init", "-q"]);
  execFileSync("git", ["-C", above, "add", "demo"]);
  execFileSync("git", [...identity, "-C", above, "commit", "-qm", "All"]);
  const ran = await line.run("policy", "accept");
  expect(ran).toMatchObject({ exitCode: 5 });
  expect(ran.stderr).toContain("the repository of Git begins at");
});

test("apply takes no requests from the tree, and approve is refused", async () => {
  const line = await onGitHub();
  await line.run("policy", "accept");
  line.write("requests/fresh.yaml", line.read("requests/orders-first-look.yaml").replace("orders-first-look", "fresh"));
  const applied = await line.run("apply", "--yes");
  expect(applied).toMatchObject({ exitCode: 5 });
  expect(applied.stderr).toContain("E406");
  expect(records(line).map(({ type }) => type)).not.toContain("requests.merged");
  const approved = await line.run("approve", "fresh", "--as", "ben@example.com");
  expect(approved).toMatchObject({ exitCode: 5 });
  expect(approved.stderr).toContain("E402");
});

const identity = ["-c", "user.name=Ops", "-c", "user.email=ops@example.com"];

function git(line: CommandLine, ...args: readonly string[]): string {
  return execFileSync("git", [...identity, ...args], { cwd: line.directory, encoding: "utf8" }).trim();
}

/** The repository of `init` with approvals on GitHub, its Manifest committed. */
async function onGitHub(options: { readonly git?: boolean } = {}): Promise<CommandLine> {
  const line = await newRepository();
  line.edit("leasehold.yaml", "approvals: local", "approvals: github");
  for (const name of ["ana", "ben", "cleo"]) {
    line.edit("access.ts", `email: "${name}@example.com",`, `email: "${name}@example.com", github: "${name}-gh",`);
  }
  line.edit(".gitignore", "leasehold.out/\n", "leasehold.out/*\n!leasehold.out/manifest.json\n");
  mkdirSync(line.path("leasehold.out"), { recursive: true });
  const synth = await line.run("synth");
  if (synth.exitCode !== 0) throw new Error(synth.stderr);
  if (options.git === false) return line;
  git(line, "init", "-q");
  git(line, "add", ".");
  git(line, "commit", "-qm", "All");
  return line;
}

function records(line: CommandLine): readonly (Record<string, unknown> & { readonly type: string })[] {
  return line
    .read(".leasehold/log/chain.jsonl")
    .trimEnd()
    .split("\n")
    .map((text) => (JSON.parse(text) as { body: Record<string, unknown> & { type: string } }).body);
}
