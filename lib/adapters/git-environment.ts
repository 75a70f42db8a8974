/**
 * What of a process's environment git is given: the way to programs, home and network. No secret of a
 * gateway, and nothing that would lead git elsewhere (GIT_DIR, GIT_CONFIG_PARAMETERS, GIT_TRACE, ...).
 */
const passedOn: readonly string[] = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "TMPDIR",
  "TEMP",
  "TMP",
  "XDG_CONFIG_HOME",
  "XDG_RUNTIME_DIR",
  "SSH_AUTH_SOCK",
  "GIT_SSH",
  "GIT_SSH_COMMAND",
  "GIT_SSH_VARIANT",
  "GIT_SSL_CAINFO",
  "GIT_SSL_CAPATH",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "CURL_CA_BUNDLE",
  "http_proxy",
  "https_proxy",
  "HTTPS_PROXY",
  "all_proxy",
  "ALL_PROXY",
  "no_proxy",
  "NO_PROXY",
  // What Windows cannot start a program without.
  "SYSTEMROOT",
  "COMSPEC",
  "PATHEXT",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  "PROGRAMDATA",
];

/** One setting of git's config. */
export type GitSetting = readonly [name: string, value: string];

/** Settings of every run, after those of the user and before those of the checkout. */
const fixedSettings: readonly GitSetting[] = [
  ["core.hooksPath", "/dev/null"],
  ["core.askPass", ""],
  ["core.fsmonitor", "false"],
  ["core.logAllRefUpdates", "false"],
  ["credential.interactive", "false"],
  ["fetch.writeCommitGraph", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["push.gpgSign", "false"],
  // A connection that stands still for half a minute is no connection.
  ["http.lowSpeedLimit", "1"],
  ["http.lowSpeedTime", "30"],
  ["protocol.ext.allow", "never"],
];

/**
 * The environment of one run: what git needs of the process's own, and settings, which so stand on no
 * command line. Nobody is asked for anything; messages are in English.
 */
export function gitEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  settings: readonly GitSetting[],
): Record<string, string> {
  const own: Record<string, string> = {};
  for (const name of passedOn) {
    const value = environment[name];
    if (value !== undefined) own[name] = value;
  }
  const all = [...fixedSettings, ...settings];
  all.forEach(([name, value], n) => {
    own[`GIT_CONFIG_KEY_${n}`] = name;
    own[`GIT_CONFIG_VALUE_${n}`] = value;
  });
  return {
    ...own,
    GIT_CONFIG_COUNT: String(all.length),
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "",
    SSH_ASKPASS: "",
    GCM_INTERACTIVE: "never",
    GIT_OPTIONAL_LOCKS: "0",
    LC_ALL: "C",
  };
}
