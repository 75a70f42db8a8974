type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The names of the variables that look like a credential, by name or by value. Made for refusing: a
 * false alarm costs a renamed variable, a miss would put a secret beside the code of a branch.
 */
export function findCredentials(environment: Environment): readonly string[] {
  return Object.entries(environment)
    .filter(([name, value]) => value !== undefined && value !== "" && !ownOfRunner.has(name))
    .filter(([name, value = ""]) => secretName.test(name) || secretValue.test(value))
    .map(([name]) => name)
    .toSorted();
}

/** What a command in a job without credentials gets: nothing that was not named here. */
export function harmlessEnvironment(environment: Environment): Readonly<Record<string, string>> {
  return { ...pick(environment, (name) => needed.has(name)), NO_COLOR: "1" };
}

/**
 * What a command in a job of the default branch gets: all but what belongs to the step itself. `token`
 * becomes GITHUB_TOKEN.
 */
export function trustedEnvironment(
  environment: Environment,
  token: string | undefined,
): Readonly<Record<string, string>> {
  const rest = pick(environment, (name) => !ofStep.test(name));
  return { ...rest, NO_COLOR: "1", ...(token === undefined ? {} : { GITHUB_TOKEN: token }) };
}

function pick(environment: Environment, test: (name: string) => boolean): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value !== undefined && test(name) ? [[name, value]] : [])),
  );
}

/** Each node action has this one, whatever its permissions: it reaches the run's own artefacts and cache only. */
const ownOfRunner = new Set(["ACTIONS_RUNTIME_TOKEN"]);

const secretName =
  /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE|APIKEY|(?:^|[_-])(?:PAT|KEYS?|AUTH|COOKIE|DSN)(?:$|[_-])/i;

/** Tokens of GitHub, keys in PEM, JSON Web Tokens, AWS key ids, and a password within a URL. */
const secretValue =
  /\bgh[opsur]_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.|\bA(?:KIA|SIA)[A-Z0-9]{16}\b|:\/\/[^\s/:@]+:[^\s/@]+@/;

const needed = new Set(
  "PATH HOME USER LANG LC_ALL TZ TMPDIR TEMP TMP RUNNER_TEMP SystemRoot ComSpec PATHEXT CI GITHUB_WORKSPACE".split(" "),
);

/** Files and tokens that belong to the step, and what changes how Node starts. */
const ofStep = /^(?:INPUT_|STATE_|ACTIONS_|NODE_OPTIONS$|GITHUB_(?:OUTPUT|ENV|PATH|STATE|STEP_SUMMARY|ACTION_PATH)$)/;
