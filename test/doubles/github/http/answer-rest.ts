import type { Strictness } from "../strict";
import { judge } from "../world/access";
import type { Token } from "../world/model";
import { Refused } from "../world/pulls";
import { actorOf, type World } from "../world/world";
import { type Answer, fails, notFound } from "./answer";
import type { Call, Matched, RepositoryCall } from "./route";

/** A REST call to be answered. */
export interface Asked {
  readonly world: World;
  readonly strictness: Strictness;
  readonly matched: Matched | undefined;
  readonly token: Token | undefined;
  readonly url: URL;
  readonly sent: unknown;
}

/** Answers a REST call: permissions, what was sent, the route, and GitHub's own schema over the answer. */
export async function answerRest(asked: Asked): Promise<Answer> {
  const { world, strictness, matched, token } = asked;
  if (matched === undefined) return notFound;
  const { route } = matched;
  const answer = await routeAnswer(asked, matched);
  const mistake = strictness.mistakeIn(route.operation, answer);
  if (mistake === undefined) return answer;
  world.violations.push(mistake);
  return fails(500, mistake, { actor: token === undefined ? null : actorOf(token).login });
}

async function routeAnswer(asked: Asked, { route, at }: Matched): Promise<Answer> {
  const { world, strictness, token, url, sent } = asked;
  const call: Call = {
    world,
    token,
    url,
    at: (name) => at.get(name) ?? "",
    body: (sent ?? {}) as Readonly<Record<string, unknown>>,
  };
  const repository = route.operation.includes("/repos/")
    ? world.tryFindRepository(call.at("owner"), call.at("repo"))
    : undefined;
  if (route.needed !== undefined) {
    if (repository === undefined) return notFound;
    const verdict = judge(world, token, repository, route.needed);
    if (verdict === "hidden") return notFound;
    if (verdict === "forbidden") return forbidden(token, route.needed.person);
  }
  const wrong = strictness.mistakeInCall(route.operation, sent);
  if (wrong !== undefined) return fails(422, `Invalid request.\n\n${wrong}`);
  const actor = token === undefined ? world.ghost : actorOf(token);
  try {
    const app = token?.kind === "installation" ? { app: token.app } : {};
    return await route.answer({ ...call, repository, actor, ...app } as RepositoryCall);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return fails(error.status, error.message, error.errors === undefined ? {} : { errors: error.errors });
  }
}

function forbidden(token: Token | undefined, person: string | undefined): Answer {
  if (token?.kind === "installation") return fails(403, "Resource not accessible by integration");
  if (token === undefined) return fails(401, "Requires authentication");
  return person === "admin"
    ? fails(403, "Must have admin rights to Repository.")
    : fails(403, "Must have push access to repository");
}
