/** How a chapter types commands, and takes a session. */
import type { Ended, Leasehold, Running } from "./leasehold";
import { Session } from "./session";
import { awaited, promised, type Part, type Stage } from "./stage";

/** Who speaks, and what is run. */
export interface Speaking {
  readonly stage: Stage;
  readonly leasehold: Leasehold;
}

/** Runs a command and shows it with what it says. */
export async function show(
  { stage, leasehold }: Speaking,
  args: readonly string[],
  part: Part = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  stage.typed(commandLine(args));
  const ended = await leasehold.run(args, environment);
  const text = [ended.stderr.trimEnd(), ended.stdout.trimEnd()].filter((said) => said !== "").join("\n");
  stage.shown(text, part);
  return ended;
}

/** The same for a command that has to succeed. */
export async function must(
  scene: Speaking,
  args: readonly string[],
  part?: Part,
  environment?: Readonly<Record<string, string>>,
): Promise<Ended> {
  const ended = await show(scene, args, part, environment);
  promised(`\`${commandLine(args)}\` succeeds`, ended.exitCode === 0, ended.stdout + ended.stderr);
  return ended;
}

/** A token of the gateway for a person. */
export async function tokenOf(leasehold: Leasehold, person: string): Promise<string> {
  const minted = await leasehold.run(["gateway", "token", person]);
  promised(`${person} gets a token`, minted.exitCode === 0, minted.stderr);
  return minted.stdout.trim();
}

/** Types `leasehold connect` as a person. */
export function connect({ stage, leasehold }: Speaking, person: string, token: string, connection: string): Running {
  stage.typed(`leasehold connect ${connection}   # as ${person}`);
  return leasehold.start(["connect", connection], { LEASEHOLD_TOKEN: token });
}

/** A session that is open, and the command that holds it. */
export interface Opened {
  readonly session: Session;
  readonly command: Running;
  /** When it ends, in milliseconds since 1970. */
  readonly until: number;
}

/** Connects as a person and opens a session; it is promised to get in. */
export async function openSession(scene: Speaking, person: string, token: string, connection: string): Promise<Opened> {
  const command = connect(scene, person, token, connection);
  const [line, port, until = ""] = await awaited(
    `${person} gets in`,
    command.line(/127\.0\.0\.1:(\d+) leads to \S+, until (\S+)/),
  );
  scene.stage.shown(line);
  return { session: new Session(Number(port)), command, until: Date.parse(until) };
}

function commandLine(args: readonly string[]): string {
  return ["leasehold", ...args.map((arg) => (/^[\w./:@=-]+$/.test(arg) ? arg : JSON.stringify(arg)))].join(" ");
}
