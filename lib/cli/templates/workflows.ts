/** The workflows of an access repository on GitHub, text by path. docs/github.md says what each may and may not. */
export function workflowFiles(): Readonly<Record<string, string>> {
  return {
    ".github/workflows/leasehold-check.yml": check,
    ".github/workflows/leasehold-plan.yml": plan,
    ".github/workflows/leasehold-apply.yml": apply,
    ".github/workflows/leasehold-reconcile.yml": reconcile,
    ".github/workflows/leasehold-tidy.yml": tidy,
  };
}

// Pinned by commit: a tag can be moved. `git ls-remote https://github.com/OWNER/NAME refs/tags/VERSION` tells it.
const checkout = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
const appToken = "actions/create-github-app-token@1b10c78c7865c340bc4f6099eb2f838309f1e8c3 # v3.1.1";
/** Filled in by who sets the repository up; `leasehold doctor` names it as long as it is not. */
const leasehold = `leasehold/leasehold@${"0".repeat(40)} # FILL IN: the commit of a release`;

const pinning = `# Actions are pinned by commit, because a tag can be moved. The commit of another version:
# git ls-remote https://github.com/actions/checkout 'refs/tags/v*'`;

const permissionsAndApp = `permissions: {}

env:
  LEASEHOLD_APP: Iv00000000000000 # FILL IN: the client id of your GitHub App (no secret)`;

const check = `# Looks at a pull request, or at a commit of a merge queue, without any secret: the requests, the rules (this is the only
# place where a branch's rules program runs), and the committed Manifest. Whoever opens the pull request can change this
# file in it, so nothing is trusted that it says: leasehold-plan decides, from the default branch, when this one has run.
${pinning}
name: leasehold-check

on:
  pull_request:
  pull_request_review:
    types: [submitted, edited, dismissed]
  merge_group:

permissions: {}

jobs:
  check:
    if: github.event_name != 'pull_request_review'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: ${checkout}
        with:
          ref: \${{ github.event.pull_request.head.sha || github.sha }}
          fetch-depth: 0
          persist-credentials: false
      - uses: ${leasehold}
        with:
          command: check

  # A review has nothing to be checked: that this has run starts leasehold-plan, which reads the review itself.
  review:
    if: github.event_name == 'pull_request_review'
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - run: echo "leasehold-plan looks at the review."
`;

const plan = `# Plans a pull request or a commit of a merge queue, decides about it, and says so in one comment and one check run. Runs
# from the default branch, whatever the pull request says, and reads the pull request as Git objects: its code is never
# checked out here. \`/plan\` in a comment plans again, \`/revoke\` gives access back.
${pinning}
name: leasehold-plan

on:
  workflow_run:
    workflows: [leasehold-check]
    types: [completed]
  issue_comment:
    types: [created]

${permissionsAndApp}

jobs:
  plan:
    if: github.event_name == 'workflow_run' || (github.event.issue.pull_request && startsWith(github.event.comment.body, '/plan'))
    runs-on: ubuntu-latest
    timeout-minutes: 10
    # One at a time for each pull request. The last one that waits counts: it reads everything anew.
    concurrency:
      group: leasehold-plan-\${{ github.event.workflow_run.pull_requests[0].number || github.event.workflow_run.head_sha || github.event.issue.number }}
      cancel-in-progress: false
    # Has the App's key and a gateway key that only reads; for the default branch alone.
    environment: leasehold-plan
    permissions:
      contents: read
    steps:
      - id: app
        uses: ${appToken}
        with:
          client-id: \${{ env.LEASEHOLD_APP }}
          private-key: \${{ secrets.LEASEHOLD_APP_PRIVATE_KEY }}
          permission-checks: write
          permission-contents: read
          permission-members: read
          permission-pull-requests: write
      - uses: ${checkout}
        with:
          persist-credentials: false
      - uses: ${leasehold}
        with:
          token: \${{ steps.app.outputs.token }}
        env:
          HOOP_OBSERVE_KEY: \${{ secrets.HOOP_OBSERVE_KEY }}

  # Giving back waits for nobody: no concurrency group.
  revoke:
    if: github.event_name == 'issue_comment' && github.event.issue.pull_request && startsWith(github.event.comment.body, '/revoke')
    runs-on: ubuntu-latest
    timeout-minutes: 10
    environment: leasehold-apply
    permissions:
      contents: read
    steps:
      - id: app
        uses: ${appToken}
        with:
          client-id: \${{ env.LEASEHOLD_APP }}
          private-key: \${{ secrets.LEASEHOLD_APP_PRIVATE_KEY }}
          permission-contents: write
          permission-members: read
          permission-pull-requests: write
      - uses: ${checkout}
        with:
          persist-credentials: false
      - uses: ${leasehold}
        with:
          token: \${{ steps.app.outputs.token }}
        env:
          HOOP_OBSERVE_KEY: \${{ secrets.HOOP_OBSERVE_KEY }}
          HOOP_WRITE_KEY: \${{ secrets.HOOP_WRITE_KEY }}
`;

const apply = `# Applies what was merged: decides each merge since the last one from scratch, and carries out what was approved. A run
# that is cancelled or fails loses nothing: the next one begins where the Log ends. The hourly one is for the last of a day.
${pinning}
name: leasehold-apply

on:
  push:
    branches: [main] # the default branch; elsewhere the Action refuses
  schedule:
    - cron: "47 * * * *"
  workflow_dispatch:
    inputs:
      confirm-removals:
        description: How many active grants may end at once through removed request files (the exact number)
        required: false
        type: string

${permissionsAndApp}

concurrency:
  group: leasehold-apply
  cancel-in-progress: false

jobs:
  apply:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    # Has the App's key and the gateway key that grants; for the default branch alone.
    environment: leasehold-apply
    permissions:
      contents: read
    steps:
      - id: app
        uses: ${appToken}
        with:
          client-id: \${{ env.LEASEHOLD_APP }}
          private-key: \${{ secrets.LEASEHOLD_APP_PRIVATE_KEY }}
          permission-checks: write
          permission-contents: write
          permission-issues: write
          permission-members: read
          permission-pull-requests: write
      - uses: ${checkout}
        with:
          persist-credentials: false
      - uses: ${leasehold}
        with:
          command: apply
          token: \${{ steps.app.outputs.token }}
          confirm-removals: \${{ inputs.confirm-removals }}
        env:
          HOOP_OBSERVE_KEY: \${{ secrets.HOOP_OBSERVE_KEY }}
          HOOP_WRITE_KEY: \${{ secrets.HOOP_WRITE_KEY }}
          # The secrets that access.ts names.
          ORDERS_DB_READ: \${{ secrets.ORDERS_DB_READ }}
          ORDERS_DB_WRITE: \${{ secrets.ORDERS_DB_WRITE }}
`;

const reconcile = `# One pass from the Log alone: starts what is approved and due, ends what is over, mends what drifted. GitHub may start it
# late; the gateway holds every end by itself until then.
${pinning}
name: leasehold-reconcile

on:
  schedule:
    - cron: "*/5 * * * *"
  workflow_dispatch:

${permissionsAndApp}

concurrency:
  group: leasehold-reconcile
  cancel-in-progress: false

jobs:
  reconcile:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    environment: leasehold-apply
    permissions:
      contents: read
    steps:
      - id: app
        uses: ${appToken}
        with:
          client-id: \${{ env.LEASEHOLD_APP }}
          private-key: \${{ secrets.LEASEHOLD_APP_PRIVATE_KEY }}
          permission-contents: write
          permission-pull-requests: write
      - uses: ${checkout}
        with:
          persist-credentials: false
      - uses: ${leasehold}
        with:
          command: reconcile
          token: \${{ steps.app.outputs.token }}
        env:
          HOOP_OBSERVE_KEY: \${{ secrets.HOOP_OBSERVE_KEY }}
          HOOP_WRITE_KEY: \${{ secrets.HOOP_WRITE_KEY }}
          # The secrets that access.ts names.
          ORDERS_DB_READ: \${{ secrets.ORDERS_DB_READ }}
          ORDERS_DB_WRITE: \${{ secrets.ORDERS_DB_WRITE }}
`;

const tidy = `# Once a week: moves the files of ended requests to archive/, in one pull request that is reviewed like any other.
${pinning}
name: leasehold-tidy

on:
  schedule:
    - cron: "23 4 * * 1"
  workflow_dispatch:

${permissionsAndApp}

concurrency:
  group: leasehold-tidy
  cancel-in-progress: false

jobs:
  tidy:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    environment: leasehold-plan
    permissions:
      contents: read
    steps:
      - id: app
        uses: ${appToken}
        with:
          client-id: \${{ env.LEASEHOLD_APP }}
          private-key: \${{ secrets.LEASEHOLD_APP_PRIVATE_KEY }}
          permission-contents: write
          permission-pull-requests: write
      - uses: ${checkout}
        with:
          persist-credentials: false
      - uses: ${leasehold}
        with:
          command: tidy
          token: \${{ steps.app.outputs.token }}
`;
