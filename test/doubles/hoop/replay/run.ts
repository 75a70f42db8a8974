/** Replays a file of recorded cases, one test per case, in the order of the recording. */
import { type Strictness, differences } from "./compare";
import { type RecordedCase, recordedCases } from "./recorded";
import { freshWorlds, type Step, steps } from "./steps";
import { type LiveAnswer, type Starter, World } from "./world";

/** How one case may differ, or that it is left out, and why. */
export interface Exception {
  /** In words; for the embedded gateway it begins with the switch of `Behaviour`. */
  readonly why: string;
  /** The case is not replayed at all. */
  readonly leftOut?: true;
  /** The status that is right here; the answer is then compared with nothing but `{message}`. */
  readonly status?: number;
  /** Paths of the answer that may differ, e.g. `$.metrics`. */
  readonly paths?: readonly string[];
}

/** Exceptions by file and title. */
export type Exceptions = Readonly<Record<string, Readonly<Record<string, Exception>>>>;

/** Declares the tests of one file. */
export function replayFile(
  file: string,
  options: { readonly start: Starter; readonly strictness: Strictness["as"]; readonly exceptions: Exceptions },
): void {
  const cases = recordedCases(file);
  let world: World | undefined;
  afterAll(() => world?.close());
  test.each(cases.map((recorded, at) => ({ recorded, at, title: recorded.title })))(
    "$at $title",
    async ({ recorded, at }) => {
      const exception = options.exceptions[file]?.[recorded.title];
      if (exception?.leftOut === true) return;
      if (world === undefined || freshWorlds[file]?.includes(at) === true) {
        await world?.close();
        world = await World.open(options.start);
      }
      await stepBefore(file, at)(world);
      expect(judge(recorded, await world.replay(recorded), world, options.strictness, exception)).toEqual([]);
    },
  );
}

/** The titles of exceptions that no recorded case has: a list that has grown stale. */
export function staleExceptions(exceptions: Exceptions): readonly string[] {
  return Object.entries(exceptions).flatMap(([file, byTitle]) => {
    const titles = new Set(recordedCases(file).map((recorded) => recorded.title));
    return Object.keys(byTitle).filter((title) => !titles.has(title));
  });
}

function stepBefore(file: string, at: number): Step {
  return steps[file]?.[at] ?? (() => Promise.resolve());
}

function judge(
  recorded: RecordedCase,
  live: LiveAnswer,
  world: World,
  strictness: Strictness["as"],
  exception: Exception | undefined,
): readonly string[] {
  if (exception?.status !== undefined) {
    const isRefusal =
      exception.status < 400 || typeof (live.response as { message?: unknown } | null)?.message === "string";
    return live.status === exception.status && isRefusal ? [] : [`status ${live.status}, expected ${exception.status}`];
  }
  const found = [
    ...(live.status === recorded.status
      ? []
      : [`status ${live.status}, recorded ${recorded.status}`, JSON.stringify(live.response)]),
    ...compareHeaders(recorded, live, strictness),
    ...differences(recorded.response, live.response, world.ids, { as: strictness, looseLists: isLoose(recorded) }),
  ];
  return found.filter((one) => !(exception?.paths ?? []).some((path) => one.startsWith(path)));
}

function compareHeaders(recorded: RecordedCase, live: LiveAnswer, strictness: Strictness["as"]): readonly string[] {
  const names = [
    "content-type",
    "location",
    "access-control-expose-headers",
    ...(strictness === "equal" ? ["server"] : []),
  ];
  const wrong = names.filter((name) => recorded.headers[name] !== live.headers[name]);
  const isServed = /^[a-z-]+\/[0-9.]+$/.test(live.headers["server"] ?? "") && live.headers["date"] !== undefined;
  return [
    ...wrong.map((name) => `header ${name}: ${live.headers[name]}, recorded ${recorded.headers[name]}`),
    ...(isServed ? [] : ["headers server and date are missing"]),
  ];
}

/** Lists of things that the recording gateway had more or fewer of. */
function isLoose({ path, note }: RecordedCase): boolean {
  const loose = [
    "/api/api-keys",
    "/api/users/groups",
    "/api/connection-tags",
    "/api/plugins",
    "/api/users",
    "/api/agents",
  ];
  return note !== undefined || loose.includes(path);
}
