import type { RepositoryParts } from "./repository";
import { githubRules } from "./github-rules";
import { workflowFiles } from "./workflows";

/** What makes one fresh access repository on GitHub differ from another. */
export interface GitHubRepositoryParts extends Omit<RepositoryParts, "now"> {
  /** The organization or user that it belongs to. */
  readonly owner: string;
}

/** The files of an access repository on GitHub, text by path: what `leasehold init --github` writes and examples/github holds. */
export function githubRepositoryFiles(parts: GitHubRepositoryParts): Readonly<Record<string, string>> {
  const schemas = Object.entries(parts.schemas).map(([name, text]) => [`schemas/${name}`, text] as const);
  return {
    "leasehold.yaml": configText(parts.installation),
    "access.ts": githubRules,
    "requests/README.md": requestsText,
    ".gitignore": gitignore,
    ".gitattributes": gitattributes,
    ".github/CODEOWNERS": codeowners(parts.owner),
    ...workflowFiles(),
    ...Object.fromEntries(schemas),
  };
}

function configText(installation: string): string {
  return `# yaml-language-server: $schema=schemas/config.v1.json
apiVersion: leasehold/v1
kind: Config
# The random id of this installation: the Log and every object of ours on a gateway carry it.
installation: ${installation}
# The rules are a TypeScript program, the requests are YAML files.
app: access.ts
requests: requests/**/*.yaml
gateways:
  # FILL IN: the address of your gateway. The workflows hand these two keys over as secrets of their environments.
  main:
    provider: hoop
    url: https://hoop.example.com
    keys: { observe: "\${env:HOOP_OBSERVE_KEY}", write: "\${env:HOOP_WRITE_KEY}" }
# The Log is a ref of this repository: refs/leasehold/log.
log: { store: git }
# Approvals are reviews on GitHub.
approvals: github
limits: { maxDuration: 12h, startWithin: 14d, approvalValidFor: 7d, bulkRemovals: { count: 5, percent: 10 } }
`;
}

const requestsText = `# Requests

One YAML file per request, in a pull request of its own; \`leasehold request\` writes it. The check of the pull request says who
has to approve. Once merged, access starts by itself and ends by itself.

\`\`\`yaml
# yaml-language-server: $schema=../schemas/request.v1.json
apiVersion: leasehold/v1
kind: AccessRequest
metadata:
  name: orders-stuck-in-payment
spec:
  for: ana@lanternworks.example
  access: [orders-db/read]
  duration: 1h
  startBefore: 2026-12-01T18:00:00Z
  reason: "OPS-1: find the orders stuck in payment"
  ticket: OPS-1
\`\`\`
`;

// The Manifest is committed: a decision knows the rules of every commit without running its code.
const gitignore = `.leasehold/
leasehold.out/*
!leasehold.out/manifest.json
node_modules/
`;

const gitattributes = `# The same bytes on every machine: files are approved by their digest.
* text=auto eol=lf
# Written by \`leasehold synth\` from access.ts; the check fails where it differs.
leasehold.out/manifest.json linguist-generated
`;

function codeowners(owner: string): string {
  return `# FILL IN: the team that may change rules, workflows and configuration (policyApproval in access.ts decides; this asks them).
*           @${owner}/platform
# Who has to approve a request follows from its rule, not from here.
/requests/
/archive/
`;
}
