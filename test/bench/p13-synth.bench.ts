import { join } from "node:path";
import {
  AccessApp,
  AccessRequest,
  AccessRule,
  AccessStack,
  Approval,
  Duration,
  everyone,
  Group,
  Resource,
  synthesize,
  User,
} from "../../lib/index";
import { canonicalJson } from "../../lib/model/canonical";
import { checkSynthesis } from "../../lib/synth/check";
import { governed } from "../support/governed";
import { bench, inTurn } from "./support/bench";
import { measured } from "./support/result";

/** P13: 10,000 grants through constructs to a checked Manifest, against 10,000 resources through raw cdktf. */
const grants = 10_000;

bench(async (directory) => {
  const { App, TerraformResource, TerraformStack } = await import("cdktf");
  const { ours, theirs } = await inTurn(5, {
    ours: () => {
      const synthesis = synthesize(house(), governed);
      checkSynthesis({ ...synthesis, governed });
      canonicalJson(synthesis);
    },
    theirs: (round) => {
      const app = new App({ outdir: join(directory, `cdktf-${round}`) });
      const stack = new TerraformStack(app, "house");
      for (let n = 0; n < grants; n += 1) {
        const grant = new TerraformResource(stack, `r-${n}`, { terraformResourceType: "terraform_data" });
        grant.addOverride("input", { user: `u${n % 1000}@example.com`, role: `db-${n % 300}`, reason: `INC-${n}` });
      }
      app.synth();
    },
  });
  const [own, raw] = [measured("leasehold synth", "ms", ours), measured("raw cdktf", "ms", theirs)];
  return [
    {
      row: "P13",
      checks: [{ what: "of raw cdktf's time", figure: own.median / raw.median, unit: "x", bar: 0.2, is: "at most" }],
      measured: [own, raw],
      method:
        "In one process, after one round of each: 1,000 people, 100 resources with three levels each, 50 rules and 10,000 requests, from their constructors to the canonical JSON of a Manifest that was checked; against 10,000 `terraform_data` with an input each, from their constructors to the file that `App.synth` writes.",
    },
  ];
});

/** 1,000 people, 100 resources with three levels each, 50 rules, 10,000 requests for one grant. */
function house(): AccessApp {
  const app = new AccessApp({ policyApproval: Approval.of(1, everyone) });
  const stack = new AccessStack(app, "house");
  const users = Array.from({ length: 1_000 }, (_, n) => new User(stack, `u${n}`, { email: `u${n}@example.com` }));
  const teams = Array.from({ length: 50 }, (_, n) => {
    return new Group(stack, `team-${n}`, { members: users.slice(n * 20, n * 20 + 20) });
  });
  const connections = Array.from({ length: 100 }, (_, n) => {
    const resource = new Resource(stack, `db-${n}`, {
      kind: "postgresql",
      class: "medium",
      labels: { team: `${n % 50}` },
    });
    return ["read", "write", "admin"].map((level) => resource.connection(level));
  }).flat();
  for (const [n, team] of teams.entries()) {
    const approval = Approval.of(1, team);
    new AccessRule(stack, `rule-${n}`, { who: [everyone], mayMatching: { labels: { team: `${n}` } }, approval });
  }
  const duration = Duration.hours(1);
  const startBefore = "2026-11-25T18:00:00Z";
  for (let n = 0; n < grants; n += 1) {
    const [user, connection] = [users[n % users.length], connections[n % connections.length]];
    if (user === undefined || connection === undefined) continue;
    new AccessRequest(stack, `r-${n}`, { for: user, access: [connection], duration, startBefore, reason: `INC-${n}` });
  }
  return app;
}
