/**
 * The tour: what `npm start` shows. A real company's rules and requests become a plan, are approved,
 * applied to the embedded gateway over HTTP, carry a real session, are given back, and run out on time.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { copyCompany } from "./copy-company";
import { Leasehold, type Ended, type Running } from "./leasehold";
import { startOrdersService } from "./orders-service";
import { Session } from "./session";
import { promised, PromiseBroken, stageOn, type Stage } from "./stage";

const company = join(__dirname, "../../../examples/company");
const marek = "marek.novak@harbourlight.example";
const ben = "ben.carter@harbourlight.example";
const jonas = "jonas.weber@harbourlight.example";
const grace = "grace.kim@harbourlight.example";

const quickLook: readonly string[] =
  `request --name orders-quick-look --for ${ben} --access orders-db/read --duration 6s --reason INC-4711:a-quick-look`.split(
    " ",
  );

/** What the chapters share. */
interface Scene {
  readonly stage: Stage;
  readonly leasehold: Leasehold;
  readonly directory: string;
}

async function main(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "leasehold-tour-"));
  const leasehold = new Leasehold(directory);
  const stage = stageOn((text) => process.stdout.write(text), process.stdout.isTTY === true);
  const stop = (): void => {
    leasehold.endAll();
    process.exit(130);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const orders = await startOrdersService();
  let isKept = false;
  try {
    copyCompany({ from: company, to: directory, now: new Date(), orders: { host: "127.0.0.1", port: orders.port } });
    await tell({ stage, leasehold, directory });
    isKept = true;
    return 0;
  } catch (thrown) {
    process.stderr.write(
      `\nThe tour stops here. ${thrown instanceof PromiseBroken ? thrown.message : String(thrown)}\n`,
    );
    return 1;
  } finally {
    leasehold.endAll();
    await orders.close();
    if (!isKept) rmSync(directory, { recursive: true, force: true });
  }
}

async function tell(scene: Scene): Promise<void> {
  const { stage, leasehold } = scene;
  stage.say("Harbourlight ships parcels: 40 people, 25 resources, 15 rules. This is their access repository,");
  stage.say(`copied to ${scene.directory}; its gateway and its orders service are real processes on this machine.`);
  const gateway = leasehold.start(["gateway"]);
  await gateway.line(/Gateway at (\S+);/);
  await checkAndPlan(scene);
  await approveAndApply(scene);
  await useAndGiveBack(scene);
  await runOut(scene);
  await lookBack(scene);
  await gateway.stop();
  tellWhatNext(scene);
}

async function checkAndPlan({ stage, leasehold }: Scene): Promise<void> {
  stage.chapter("Rules and requests are checked, without network or secret");
  const valid = await show({ stage, leasehold }, ["validate"]);
  promised("the example is valid", valid.exitCode === 0, valid.stdout + valid.stderr);

  stage.chapter("The plan says in words who would gain what");
  const plan = await show({ stage, leasehold }, ["plan", "--detailed-exitcode"], 16);
  promised("the plan has changes (exit 2)", plan.exitCode === 2, plan.stdout + plan.stderr);
}

async function approveAndApply({ stage, leasehold }: Scene): Promise<void> {
  stage.chapter("The rules are accepted, and a request is approved by two people");
  await must({ stage, leasehold }, ["policy", "accept", "--as", "iris.vogel@harbourlight.example"]);
  const own = await show({ stage, leasehold }, ["approve", "orders-fix-4711", "--as", marek], 4);
  promised("nobody approves for themselves", own.exitCode === 5, own.stdout + own.stderr);
  await must({ stage, leasehold }, ["approve", "orders-fix-4711", "--as", jonas], 6);
  await must({ stage, leasehold }, ["approve", "orders-fix-4711", "--as", grace], 6);

  stage.chapter("What is approved is applied: first the gate, then the leases");
  const applied = await show({ stage, leasehold }, ["apply", "--yes"], 10);
  promised(
    "marek's grant is active",
    /marek\.novak\S* on orders-db\/write activated/.test(applied.stderr),
    applied.stderr,
  );
  stage.say(`Exit ${applied.exitCode}: what still lacks an approval waits, everything else is there.`);
}

async function useAndGiveBack({ stage, leasehold }: Scene): Promise<void> {
  stage.chapter("The holder's session carries a real exchange; nobody else gets in");
  const token = await tokenOf(leasehold, marek);
  const refused = await connect({ stage, leasehold }, ben, await tokenOf(leasehold, ben)).ended;
  stage.shown(refused.stderr, 3);
  promised("without a grant there is no session", refused.exitCode === 5, refused.stdout + refused.stderr);
  const { session, command } = await openSession({ stage, leasehold }, marek, token);
  const answer = await session.ask("ORDER 4711");
  stage.shown(`marek asks: ORDER 4711\n   he gets: ${answer}`);
  promised("the service's answer comes through", answer.includes("stuck in payment"), answer);

  stage.chapter("He gives it back: one command, nobody to ask");
  await must({ stage, leasehold }, ["revoke", "orders-fix-4711"], 6, { LEASEHOLD_TOKEN: token });
  await session.dropped(5);
  stage.say("His open session was cut with it.");
  const over = await command.ended;
  promised("the open port closes", over.exitCode === 5, over.stderr);
}

async function runOut({ stage, leasehold }: Scene): Promise<void> {
  stage.chapter("Another grant runs out while no reconciler runs at all");
  await must({ stage, leasehold }, quickLook);
  await must({ stage, leasehold }, ["approve", "orders-quick-look", "--as", jonas], 3);
  const applied = await show({ stage, leasehold }, ["apply", "--yes"], 4);
  promised("ben's grant is active", /ben\.carter\S* on orders-db\/read activated/.test(applied.stderr), applied.stderr);
  const token = await tokenOf(leasehold, ben);
  const { session, command } = await openSession({ stage, leasehold }, ben, token, "orders-db/read");
  await session.ask("ORDER 4712");
  await session.dropped(15);
  stage.say("Nothing of Leasehold ran but the gateway: it cut the session at the end by itself.");
  await command.ended;
  const again = await connect({ stage, leasehold }, ben, token, "orders-db/read").ended;
  stage.shown(again.stderr, 3);
  promised("the gateway refuses after the end", again.exitCode === 5, again.stdout + again.stderr);
  const recorded = await show({ stage, leasehold }, ["reconcile"], 6);
  promised(
    "the next pass records it",
    recorded.exitCode === 0 && /ben\.carter\S* on orders-db\/read ended/.test(recorded.stderr),
    recorded.stdout + recorded.stderr,
  );
}

async function lookBack({ stage, leasehold, directory }: Scene): Promise<void> {
  stage.chapter("Who has what, and does the record hold?");
  await must({ stage, leasehold }, ["status", "--on", "orders-db"], 10);
  await must({ stage, leasehold }, ["status", "--html", join(directory, "access.html")]);
  const verified = await must({ stage, leasehold }, ["log", "verify"]);
  promised("the Log verifies", /verifies/.test(verified.stdout), verified.stdout);
}

function tellWhatNext({ stage, directory }: Scene): void {
  stage.chapter("Try next");
  const bin = relative(process.cwd(), join(__dirname, "../../lib/cli/main.js"));
  stage.say(`Open ${join(directory, "access.html")} in a browser, and go on from here:`);
  stage.typed(`node ${bin} -C ${directory} status`);
  stage.typed(`node ${bin} -C ${directory} explain orders-fix-4711`);
  stage.typed(`node ${bin} init my-access`);
}

type Speaking = Pick<Scene, "stage" | "leasehold">;

/** Runs a command and shows it with what it says. */
async function show(
  { stage, leasehold }: Speaking,
  args: readonly string[],
  mostLines = 12,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  stage.typed(commandLine(args));
  const ended = await leasehold.run(args, environment);
  const text = [ended.stderr.trimEnd(), ended.stdout.trimEnd()].filter((part) => part !== "").join("\n");
  stage.shown(text, mostLines);
  return ended;
}

/** The same for a command that has to succeed. */
async function must(
  scene: Speaking,
  args: readonly string[],
  mostLines?: number,
  environment?: Readonly<Record<string, string>>,
): Promise<Ended> {
  const ended = await show(scene, args, mostLines, environment);
  promised(`\`${commandLine(args)}\` succeeds`, ended.exitCode === 0, ended.stdout + ended.stderr);
  return ended;
}

async function tokenOf(leasehold: Leasehold, person: string): Promise<string> {
  const minted = await leasehold.run(["gateway", "token", person]);
  promised(`${person} gets a token`, minted.exitCode === 0, minted.stderr);
  return minted.stdout.trim();
}

function connect(
  { stage, leasehold }: Speaking,
  person: string,
  token: string,
  connection = "orders-db/write",
): Running {
  stage.typed(`leasehold connect ${connection}   # as ${person}`);
  return leasehold.start(["connect", connection], { LEASEHOLD_TOKEN: token });
}

async function openSession(
  scene: Speaking,
  person: string,
  token: string,
  connection?: string,
): Promise<{ readonly session: Session; readonly command: Running }> {
  const command = connect(scene, person, token, connection);
  const [line, port] = await command.line(/127\.0\.0\.1:(\d+) leads to .*/);
  scene.stage.shown(line);
  return { session: new Session(Number(port)), command };
}

function commandLine(args: readonly string[]): string {
  return ["leasehold", ...args.map((arg) => (/^[\w./:@=-]+$/.test(arg) ? arg : JSON.stringify(arg)))].join(" ");
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
