/** The chapters of the tour, in order. */
import { join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { connect, must, openSession, show, tokenOf, type Speaking } from "./speaking";
import { awaited, promised } from "./stage";

const at = (name: string): string => `${name}@harbourlight.example`;
const marek = at("marek.novak");
const ben = at("ben.carter");
const jonas = at("jonas.weber");
const grace = at("grace.kim");
const henrik = at("henrik.dahl");

/** What the chapters share. */
export interface Scene extends Speaking {
  /** The copy of the company. */
  readonly directory: string;
}

/** Tells the whole story; throws PromiseBroken where it is not kept. */
export async function tell(scene: Scene): Promise<void> {
  const { stage, leasehold, directory } = scene;
  stage.say("Harbourlight ships parcels: 40 people, 25 databases, clusters and machines, 15 rules, 30 requests.");
  stage.say(`Their access repository (examples/company) is copied to ${directory};`);
  stage.say("its gateway and its orders database are real processes on this machine, and so is every command.");
  const gateway = leasehold.start(["gateway"]);
  await awaited("the gateway starts", gateway.line(/Gateway at (\S+);/));
  await checkAndPlan(scene);
  await approveAndApply(scene);
  await runOut(scene, await useAndGiveBack(scene));
  await lookBack(scene);
  await gateway.stop();
  tellWhatNext(scene);
}

async function checkAndPlan({ stage, leasehold }: Scene): Promise<void> {
  stage.chapter("Rules and requests are checked, without network or secret");
  const valid = await show({ stage, leasehold }, ["validate"]);
  promised("the example is valid", valid.exitCode === 0, valid.stdout + valid.stderr);

  stage.chapter("The plan says in words who would gain what");
  const plan = await show({ stage, leasehold }, ["plan", "--detailed-exitcode"], { first: 8, last: 1 });
  promised("the plan has changes (exit 2)", plan.exitCode === 2, plan.stdout + plan.stderr);
  stage.say("Nothing has happened yet: a plan only reads.");
}

async function approveAndApply({ stage, leasehold }: Scene): Promise<void> {
  stage.chapter("The rules are accepted; marek's request takes two people, and nobody approves for themselves");
  await must({ stage, leasehold }, ["policy", "accept", "--as", at("iris.vogel")]);
  const own = await show({ stage, leasehold }, ["approve", "edge-certificates", "--as", henrik], { first: 2 });
  promised("nobody approves for themselves", own.exitCode === 5, own.stdout + own.stderr);
  await must({ stage, leasehold }, ["approve", "orders-fix-4711", "--as", jonas], { like: /approved|open: Step/ });
  await must({ stage, leasehold }, ["approve", "orders-fix-4711", "--as", grace]);

  stage.chapter("What is approved is applied: first the gate on every way in, then the leases");
  const applied = await show({ stage, leasehold }, ["apply", "--yes"], {
    like: /the gate|marek\.novak\S* on orders-db|mei\.chen\S* on |^Pass: /,
    last: 1,
  });
  promised(
    "marek's grant is active",
    /marek\.novak\S* on orders-db\/write activated/.test(applied.stderr),
    applied.stderr,
  );
  promised("what lacks an approval is not applied (exit 5)", applied.exitCode === 5, applied.stdout);
  stage.say("Exit 5: what still lacks an approval waits. mei's rule needs nobody: five times a day it is automatic.");
}

/** Ben, who has a token and no access, and what a refused `connect` took him. */
interface Newcomer {
  readonly token: string;
  readonly connectMs: number;
}

async function useAndGiveBack({ stage, leasehold }: Scene): Promise<Newcomer> {
  stage.chapter("The holder's session carries a real exchange; nobody else gets in");
  const [marekToken, benToken] = await Promise.all([tokenOf(leasehold, marek), tokenOf(leasehold, ben)]);
  const refused = await connect({ stage, leasehold }, ben, benToken, "orders-db/write").ended;
  stage.shown(refused.stderr, { first: 2 });
  promised("without a grant there is no session", refused.exitCode === 5, refused.stdout + refused.stderr);
  const { session, command } = await openSession({ stage, leasehold }, marek, marekToken, "orders-db/write");
  const answer = await awaited("the service answers marek", session.ask("ORDER 4711"));
  stage.shown(`marek asks: ORDER 4711\n   he gets: ${answer}`);
  promised("the service's answer comes through", answer.includes("stuck in payment"), answer);

  stage.chapter("He gives it back: one command, nobody to ask");
  const given = must({ stage, leasehold }, ["revoke", "orders-fix-4711"], {}, { LEASEHOLD_TOKEN: marekToken });
  // Both at once: a revoke that fails has to be told, not waited for.
  await Promise.all([given, awaited("his open session drops", session.dropped(30))]);
  stage.say("His open session was cut with it.");
  const over = await command.ended;
  promised("the open port closes", over.exitCode === 5, over.stderr);
  return { token: benToken, connectMs: refused.ms };
}

async function runOut({ stage, leasehold }: Scene, { token, connectMs }: Newcomer): Promise<void> {
  stage.chapter("Another grant runs out while no reconciler runs at all");
  const parts = { name: "orders-quick-look", for: ben, access: "orders-db/read", reason: "INC-4711: a quick look" };
  const options = Object.entries({ ...parts, duration: `${secondsToConnect(connectMs)}s` });
  const wrote = await must({ stage, leasehold }, [
    "request",
    ...options.flatMap(([name, value]) => [`--${name}`, value]),
  ]);
  promised("the request names who could approve", wrote.stdout.includes(jonas), wrote.stdout);
  await must({ stage, leasehold }, ["approve", "orders-quick-look", "--as", jonas]);
  const applied = await show({ stage, leasehold }, ["apply", "--yes"], { like: /ben\.carter\S* on .* activated/ });
  promised("ben's grant is active", /ben\.carter\S* on orders-db\/read activated/.test(applied.stderr), applied.stderr);
  const { session, command, until } = await openSession({ stage, leasehold }, ben, token, "orders-db/read");
  const answer = await awaited("the service answers ben", session.ask("ORDER 4712"));
  stage.shown(`ben asks: ORDER 4712\n he gets: ${answer}`);
  await awaited("the gateway cuts the session at its end", session.dropped(90));
  const late = (Date.now() - until) / 1000;
  stage.say(
    `Nothing of Leasehold ran but the gateway: it cut the session ${late.toFixed(2)} s after the end, by itself.`,
  );
  promised("the session is not cut before its end, nor much later", late > -1 && late < 5, `${late} s`);
  await command.ended;
  const again = await connect({ stage, leasehold }, ben, token, "orders-db/read").ended;
  stage.shown(again.stderr, { first: 1 });
  promised("the gateway refuses after the end", again.exitCode === 5, again.stdout + again.stderr);
  // A lease lasts whole seconds, so its grant may end up to one later: only then is there something to record.
  await delay(Math.max(0, until + 1000 - Date.now()));
  const recorded = await show({ stage, leasehold }, ["reconcile"], {
    like: /ben\.carter\S* on .* ended|^Pass: /,
    last: 1,
  });
  promised(
    "the next pass records it",
    recorded.exitCode === 0 && /ben\.carter\S* on orders-db\/read ended/.test(recorded.stderr),
    recorded.stdout + recorded.stderr,
  );
}

async function lookBack({ stage, leasehold, directory }: Scene): Promise<void> {
  stage.chapter("Who has what, and does the record hold?");
  await must({ stage, leasehold }, ["status", "--on", "orders-db"], { first: 7, last: 1 });
  await must({ stage, leasehold }, ["status", "--html", join(directory, "access.html")]);
  const verified = await must({ stage, leasehold }, ["log", "verify"]);
  promised("the Log verifies", /verifies/.test(verified.stdout), verified.stdout);
  stage.say("Every record carries the hash of the one before; what was done, refused and approved is in there.");
}

function tellWhatNext({ stage, directory }: Scene): void {
  stage.chapter("Try next");
  const bin = relative(process.cwd(), join(__dirname, "../../lib/cli/main.js"));
  stage.say(`Open ${join(directory, "access.html")} in a browser, and go on from here:`);
  stage.typed(`node ${bin} status -C ${directory}`);
  stage.typed(`node ${bin} explain orders-fix-4711 -C ${directory}`);
  stage.typed(`node ${bin} init my-access`);
}

/** As short as this machine allows: what runs out must last until somebody is connected. */
function secondsToConnect(connectMs: number): number {
  return Math.min(60, Math.ceil(3 + (3 * connectMs) / 1000));
}
