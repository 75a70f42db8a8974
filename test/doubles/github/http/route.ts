/** Routes of the REST API. */
import type { Needed } from "../world/access";
import type { Account, App, Repository, Token } from "../world/model";
import type { World } from "../world/world";
import type { Answer } from "./answer";

/** One call, matched. */
export interface Call {
  readonly world: World;
  readonly token: Token | undefined;
  readonly url: URL;
  /** What stands in the path's braces, decoded. */
  readonly at: (name: string) => string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A call to a repository by somebody who may. */
export interface RepositoryCall extends Call {
  readonly repository: Repository;
  readonly token: Token | undefined;
  readonly actor: Account;
  /** The App, where one calls. */
  readonly app?: App;
}

/** One operation as GitHub's description names it, `METHOD /path/{with}/{names}`. */
export interface Route {
  readonly operation: string;
  /** Absent: the route looks after itself. */
  readonly needed?: Needed;
  readonly answer: (call: RepositoryCall) => Answer | Promise<Answer>;
}

/** A route with what the path said. */
export interface Matched {
  readonly route: Route;
  readonly at: ReadonlyMap<string, string>;
}

/** Finds routes by method and path. Names that may hold slashes (`{ref}` of git refs, `{path}`) take what is left. */
export class Router {
  private readonly routes: readonly {
    readonly route: Route;
    readonly method: string;
    readonly parts: readonly string[];
  }[];

  constructor(routes: readonly Route[]) {
    this.routes = routes.map((route) => {
      const [method = "", path = ""] = route.operation.split(" ");
      return { route, method, parts: path.slice(1).split("/") };
    });
  }

  tryMatch(method: string, path: string): Matched | undefined {
    const given = path.slice(1).split("/");
    for (const { route, method: wanted, parts } of this.routes) {
      if (method !== wanted) continue;
      const at = matchParts(parts, given);
      if (at !== undefined) return { route, at };
    }
    return undefined;
  }
}

function matchParts(parts: readonly string[], given: readonly string[]): ReadonlyMap<string, string> | undefined {
  const lastPart = parts.at(-1) ?? "";
  const takesRest = lastPart === "{path}" || (lastPart === "{ref}" && parts.at(-3) === "git");
  if (takesRest ? given.length < parts.length : given.length !== parts.length) return undefined;
  const at = new Map<string, string>();
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const raw = takesRest && isLast ? given.slice(index).join("/") : (given[index] ?? "");
    if (part.startsWith("{")) {
      const value = tryDecode(raw);
      if (value === undefined || value === "") return undefined;
      at.set(part.slice(1, -1), value);
    } else if (part !== raw) return undefined;
  }
  return at;
}

function tryDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
