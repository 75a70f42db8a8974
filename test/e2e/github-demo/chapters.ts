/** The chapters of the demo, in order. */
import { join } from "node:path";
import { Session } from "../../../examples/tour/session";
import { awaited, promised, type Stage } from "../../../examples/tour/stage";
import { CommandLine, type Ran } from "../../support/command-line";
import {
  accessRepository,
  email,
  login,
  requestFile,
  type Lanternworks,
  type Planned,
} from "../../support/lanternworks";

/** Who speaks, and where it plays. */
export interface Scene {
  readonly stage: Stage;
  readonly house: Lanternworks;
}

const pull = 1;
const name = "orders-inc-4711";

/** Tells the whole story; throws PromiseBroken where it is not kept. */
export async function tell(scene: Scene): Promise<void> {
  await open(scene);
  await wrongPeople(scene);
  await rightPeople(scene);
  await widen(scene);
  await merge(scene);
  await useAndGiveBack(scene);
}

async function open({ stage, house }: Scene): Promise<void> {
  stage.chapter("ana asks for an hour on the orders database: one command, one pull request");
  const token = await house.github.createToken({ login: login("ana") });
  const who = ["request", "--pull-request", "--name", name, "--for", email("ana"), "--access", "orders-db/write"];
  const why = ["--duration", "1h", "--reason", "INC-4711: orders stuck in payment", "--ticket", "INC-4711"];
  const opened = await typed({ stage, house }, [...who, ...why], { GITHUB_TOKEN: token });
  promised("the pull request is open", opened.exitCode === 0, opened.stdout + opened.stderr);

  stage.chapter("the plan says in words what it would give, and who has to approve");
  const planned = await plan({ stage, house });
  promised("the check waits", planned.conclusion === "action_required", planned.title);
}

async function wrongPeople({ stage, house }: Scene): Promise<void> {
  stage.chapter("the wrong people approve: a colleague whom no rule names, a bot, and one who pushed to it");
  const { github } = house;
  await github.createApp({ slug: "rubber-stamp" });
  await github.setPermission({ repository: accessRepository, to: "rubber-stamp[bot]", permission: "write" });
  await house.push(`leasehold/${name}`, { "docs/incident.md": "INC-4711\n" }, "ben");
  await house.approve(pull, "mallory", "ben");
  await github.review({ repository: accessRepository, number: pull, by: "rubber-stamp[bot]" });
  const planned = await plan({ stage, house }, /does not count|Cannot approve|^### /);
  for (const who of ["mallory", "rubber-stamp", "ben"]) {
    const isRefused = new RegExp(`approval of ${who}.*does not count`).test(planned.comment);
    promised(`${who}'s approval does not count, and the comment says why`, isRefused, planned.comment);
  }
  promised("the check waits", planned.conclusion === "action_required", planned.title);
}

async function rightPeople({ stage, house }: Scene): Promise<void> {
  stage.chapter("the right people approve: dev leads orders, elin is security");
  await house.approve(pull, "dev");
  promised("one is not enough", (await house.plan(pull)).conclusion === "action_required", "the check is green");
  await house.approve(pull, "elin");
  const planned = await plan({ stage, house });
  promised("the check is green", planned.conclusion === "success", planned.comment);
}

async function widen({ stage, house }: Scene): Promise<void> {
  stage.chapter("ana pushes two hours instead of one: what was approved is void");
  const text = requestFile(name, { access: "orders-db/write", duration: "2h" });
  await house.push(`leasehold/${name}`, { [`requests/${name}.yaml`]: text }, "ana");
  const voided = await plan({ stage, house }, /^### |void|\| \d \|/i);
  promised("the approvals are void", voided.conclusion === "action_required", voided.comment);
  await house.approve(pull, "dev", "elin");
  const again = await house.plan(pull);
  promised("approved again, the check is green", again.conclusion === "success", again.comment);
  stage.say("dev and elin look again and approve the two hours: the check is green.");
}

async function merge({ stage, house }: Scene): Promise<void> {
  stage.chapter("merged with a squash, applied from the default branch; the comment becomes the receipt");
  await house.github.merge({ repository: accessRepository, number: pull, method: "squash", by: login("dev") });
  house.pull();
  const applied = await typed({ stage, house }, ["pr", "apply", "--repo", accessRepository]);
  promised("it is applied", applied.exitCode === 0, applied.stdout + applied.stderr);
  const { comment } = await house.seen(pull);
  stage.shown(comment, { like: /^### |leasehold connect|until|Log/, first: 8 });
  promised("ana has it, and nobody else", (await house.access()).join() === "ana orders-db/write", comment);
}

async function useAndGiveBack({ stage, house }: Scene): Promise<void> {
  stage.chapter("ana works, and gives it back with a comment: her session ends at once");
  const token = await tokenOf(house, "ana");
  stage.typed("leasehold connect orders-db/write   # as ana");
  const going = house.line.start(["connect", "orders-db/write"], { ...house.environment(), LEASEHOLD_TOKEN: token });
  const [line, port] = await awaited("ana gets in", going.line(/127\.0\.0\.1:(\d+) leads to \S+, until (\S+)/));
  stage.shown(line);
  const session = new Session(Number(port));
  stage.say(`She asks for order 4711, and gets: ${await awaited("an answer", session.ask("ORDER 4711"))}`);

  const comment = await house.github.comment({
    repository: accessRepository,
    number: pull,
    by: login("ana"),
    body: "/revoke",
  });
  stage.say("She writes `/revoke` on the pull request.");
  const where = ["--repo", accessRepository, "--number", String(pull), "--comment", String(comment)];
  const revoked = await typed({ stage, house }, ["pr", "comment", ...where]);
  promised("it is given back", revoked.exitCode === 0, revoked.stdout + revoked.stderr);
  await awaited("her session is cut", session.dropped(10));
  await going.stop();
  const reconciled = await typed({ stage, house }, ["reconcile"]);
  promised("the Log has it", reconciled.exitCode === 0, reconciled.stdout + reconciled.stderr);
  const { comment: receipt } = await house.seen(pull);
  stage.shown(receipt, { like: /^### |given back/i, first: 6 });
  promised("the comment says who gave it back", /given back by ana/i.test(receipt), receipt);
  promised("nobody has access", (await house.access()).length === 0, "somebody has");
  const verified = await typed({ stage, house }, ["log", "verify"]);
  promised("the Log verifies", verified.exitCode === 0, verified.stdout + verified.stderr);
}

/** Plans as the privileged job does, and shows the comment. */
async function plan({ stage, house }: Scene, like?: RegExp): Promise<Planned> {
  stage.typed(`leasehold pr plan --repo ${accessRepository} --number ${pull}`);
  const planned = await house.plan(pull);
  const seen = planned.comment.split("<details>")[0] ?? "";
  stage.shown(seen.replace(/^<!--.*-->\n/gm, ""), like === undefined ? { first: 30 } : { like, first: 12 });
  stage.say(`Check run: ${planned.conclusion ?? "none"}, "${planned.title}".`);
  return planned;
}

async function typed(
  { stage, house }: Scene,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  stage.typed(["leasehold", ...args.map((arg) => (/^[\w./:@=-]+$/.test(arg) ? arg : JSON.stringify(arg)))].join(" "));
  const ran = await house.run(args, environment);
  stage.shown([ran.stderr.trimEnd(), ran.stdout.trimEnd()].filter((text) => text !== "").join("\n"), {
    first: 12,
    last: 1,
  });
  return ran;
}

/** A person's token is minted on the gateway's own machine. */
async function tokenOf(house: Lanternworks, who: string): Promise<string> {
  const gate = new CommandLine(join(house.gateway.directory, "../.."));
  const minted = await gate.run("gateway", "token", email(who));
  promised(`${who} gets a token`, minted.exitCode === 0, minted.stderr);
  return minted.stdout.trim();
}
