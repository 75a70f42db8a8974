import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeApi, type Api } from "../../../../providers/hoop/client/api";
import { listConnections, tryFindConnection } from "../../../../providers/hoop/client/connections";
import { listReviews, tryFindReview } from "../../../../providers/hoop/client/reviews";
import { listRules } from "../../../../providers/hoop/client/rules";
import { guardrailRules, listSafeguards, maskingFields } from "../../../../providers/hoop/client/safeguards";
import {
  listAgents,
  listGrantingKeys,
  readCallerFacts,
  readServerFacts,
  tryReadAccessLists,
} from "../../../../providers/hoop/client/server";
import { listSessions, tryFindSession } from "../../../../providers/hoop/client/sessions";
import { listServiceAccounts, listUsers, tryFindUser } from "../../../../providers/hoop/client/users";
import { CannedHttp } from "../../../doubles/canned-http";
import { QuickClock } from "../../../doubles/quick-clock";
import { projectRoot } from "../../../support/folders";

interface Recorded {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string | null;
  readonly status: number;
  readonly response: unknown;
}

/** Who reads the answer of a recorded GET, by its path. */
const readers: readonly (readonly [RegExp, (api: Api, response: unknown) => Promise<unknown>])[] = [
  [/^\/api\/sessions$/, (api) => listSessions(api, {})],
  [/^\/api\/sessions\/[^/]+$/, (api) => tryFindSession(api, "x")],
  [/^\/api\/reviews$/, listReviews],
  [/^\/api\/reviews\/[^/]+$/, (api) => tryFindReview(api, "x")],
  [/^\/api\/users$/, listUsers],
  [/^\/api\/users\/[^/]*@[^/]*$/, (api) => tryFindUser(api, "x")],
  [/^\/api\/serviceaccounts$/, listServiceAccounts],
  [/^\/api\/api-keys$/, listGrantingKeys],
  [/^\/api\/agents$/, listAgents],
  [/^\/api\/serverinfo$/, readServerFacts],
  [/^\/api\/userinfo$/, readCallerFacts],
  [/^\/api\/plugins\/access_control$/, tryReadAccessLists],
  [/^\/api\/access-requests\/rules$/, listRules],
  [/^\/api\/connections$/, listConnections],
  [/^\/api\/connections\/[^/]+$/, (api, response) => tryFindConnection(api, nameIn(response))],
  [
    /^\/api\/guardrails$/,
    async (api) => (await listSafeguards(api, "guardrails")).map((item) => guardrailRules(item, "input")),
  ],
  [/^\/api\/datamasking-rules$/, async (api) => (await listSafeguards(api, "datamasking-rules")).map(maskingFields)],
];

const files = [
  "connections",
  "grants",
  "guardrails",
  "masking",
  "plugins",
  "reviews",
  "rules",
  "server",
  "sessions",
  "users",
];

describe.each(files)("the client reads what a hoop gateway was recorded to say: %s", (file) => {
  const path = join(projectRoot, "test", "fixtures", "hoop", `${file}.json`);
  const cases = (JSON.parse(readFileSync(path, "utf8")) as readonly Recorded[]).flatMap((one) => {
    const reader = readers.find(([pattern]) => pattern.test(one.path))?.[1];
    const isPaged = one.path.startsWith("/api/connections") && /page=/.test(one.query ?? "");
    return one.method === "GET" && reader !== undefined && !isPaged ? [{ ...one, reader }] : [];
  });

  test.each(cases)("$title", async ({ status, response, reader }) => {
    // A recorded page may have a next one; the case holds only itself.
    const json = response !== null && typeof response === "object" && "has_next_page" in response;
    const http = new CannedHttp(() => ({ status, json: json ? { ...response, has_next_page: false } : response }));
    const api = makeApi({ gateway: "g", url: "http://g", http, clock: new QuickClock(), key: async () => "k" });
    const read = reader(api, response);
    if (status === 200) await expect(read).resolves.toBeDefined();
    else if (status === 401 || status === 403) await expect(read).rejects.toMatchObject({ code: "E501" });
    else
      await Promise.allSettled([read]).then(([one]) =>
        expect(one.status === "rejected" || one.value === undefined).toBe(true),
      );
  });
});

function nameIn(response: unknown): string {
  return String((response as { readonly name?: unknown }).name);
}
