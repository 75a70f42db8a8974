/** Compares a live answer with a recorded one: equal after ids and times are matched up, or of equal shape. */

/** Recorded ids and the live ones that stand for them. */
export type Ids = Map<string, string>;

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const onlyUuid = new RegExp(`^${uuid.source}$`);
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d{1,9}))?Z$/;

/** Fields whose value is that of the recording machine, or secret; only their type is compared. */
const ofTheMachine = new Set([
  "version",
  "commit_sha",
  "api_url",
  "grpc_url",
  "feature_flags",
  "hostname",
  "compiler",
  "go-version",
  "kernel-version",
  "platform",
  "key",
  "masked_key",
  "token",
  "intercom_hmac_digest",
  "client_ip",
  "execution_time",
  "event_size",
  "issued_at",
]);

/** Fields that count what else there is in the recording gateway. */
const counts = new Set(["total"]);

/** How strict a comparison is. */
export interface Strictness {
  /** `equal`: values too; `shape`: keys and types. */
  readonly as: "equal" | "shape";
  /** Length and order of lists need not agree: the recording gateway held other things too. */
  readonly looseLists?: boolean;
}

/** The differences, each with its path; empty when the answers agree. Learns ids on the way. */
export function differences(
  recorded: unknown,
  live: unknown,
  ids: Ids,
  strictness: Strictness,
  path = "$",
): readonly string[] {
  if (Array.isArray(recorded)) return compareLists(recorded, live, ids, strictness, path);
  if (isMap(recorded)) return compareMaps(recorded, live, ids, strictness, path);
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (ofTheMachine.has(name)) return typeOf(recorded) === typeOf(live) ? [] : [`${path}: a ${typeOf(live)}`];
  if (typeof recorded === "string" && typeof live === "string")
    return compareTexts(recorded, live, ids, strictness, path);
  if (strictness.as === "shape" || counts.has(name)) {
    const isSame =
      typeOf(recorded) === typeOf(live) || (strictness.as === "shape" && isEmpty(recorded) && isEmpty(live));
    return isSame ? [] : [`${path}: a ${typeOf(live)}, recorded a ${typeOf(recorded)}`];
  }
  return recorded === live ? [] : [`${path}: ${JSON.stringify(live)}, recorded ${JSON.stringify(recorded)}`];
}

/** A text of the recording with its ids replaced by live ones. */
export function translate(text: string, ids: Ids): string {
  return text.replace(uuid, (id) => ids.get(id) ?? id);
}

function compareTexts(
  recorded: string,
  live: string,
  ids: Ids,
  strictness: Strictness,
  path: string,
): readonly string[] {
  if (onlyUuid.test(recorded)) {
    if (!onlyUuid.test(live)) return [`${path}: ${live} where an id belongs`];
    const known = ids.get(recorded);
    if (known === undefined) ids.set(recorded, live);
    return known === undefined || known === live ? [] : [`${path}: id ${live}, expected ${known}`];
  }
  const [a, b] = [time.exec(recorded), time.exec(live)];
  if (a !== null) {
    if (b === null) return [`${path}: ${live} where a time belongs`];
    const isFiner = strictness.as === "equal" && classOf(b[1]) > classOf(a[1]);
    return isFiner ? [`${path}: ${live} is finer than ${recorded}`] : [];
  }
  if (strictness.as === "shape") return [];
  const wanted = translate(recorded, ids);
  return live === wanted ? [] : [`${path}: ${JSON.stringify(live)}, recorded ${JSON.stringify(wanted)}`];
}

/** Milliseconds, microseconds or nanoseconds, by the digits left after trailing zeros were cut. */
function classOf(fraction = ""): number {
  return Math.max(1, Math.ceil(fraction.length / 3));
}

function compareMaps(
  recorded: Readonly<Record<string, unknown>>,
  live: unknown,
  ids: Ids,
  strictness: Strictness,
  path: string,
): readonly string[] {
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (!isMap(live)) return [`${path}: a ${typeOf(live)}, recorded an object`];
  if (ofTheMachine.has(name)) return [];
  const missing = Object.keys(recorded).filter((key) => !Object.hasOwn(live, key));
  const surplus = Object.keys(live).filter((key) => !Object.hasOwn(recorded, key));
  const isFree = name === "metrics" && strictness.as === "shape";
  return [
    ...missing.map((key) => `${path}.${key}: missing`),
    ...(isFree ? [] : surplus.map((key) => `${path}.${key}: not in the recording`)),
    ...Object.keys(recorded)
      .filter((key) => Object.hasOwn(live, key))
      .flatMap((key) => differences(recorded[key], live[key], ids, strictness, `${path}.${key}`)),
  ];
}

function compareLists(
  recorded: readonly unknown[],
  live: unknown,
  ids: Ids,
  strictness: Strictness,
  path: string,
): readonly string[] {
  if (!Array.isArray(live)) {
    const isNull = strictness.as === "shape" && live === null;
    return isNull ? [] : [`${path}: a ${typeOf(live)}, recorded a list`];
  }
  if (strictness.looseLists === true) return compareLoosely(recorded, live, ids, strictness, path);
  if (recorded.length !== live.length) return [`${path}: ${live.length} items, recorded ${recorded.length}`];
  return recorded.flatMap((item, at) => differences(item, live[at], ids, strictness, `${path}[${at}]`));
}

/** Each recorded item has a live one with its name, if it has a name; else the first one stands for all. */
function compareLoosely(
  recorded: readonly unknown[],
  live: readonly unknown[],
  ids: Ids,
  strictness: Strictness,
  path: string,
): readonly string[] {
  return recorded.flatMap((item, at) => {
    const found =
      live.find((one) => nameOf(one) !== undefined && nameOf(one) === nameOf(item)) ??
      (nameOf(item) === undefined ? live[at] : undefined);
    if (found === undefined) return [`${path}[${at}]: ${String(nameOf(item))} is missing`];
    return differences(item, found, ids, { ...strictness, looseLists: false }, `${path}[${at}]`);
  });
}

function nameOf(item: unknown): unknown {
  if (!isMap(item)) return typeof item === "string" ? item : undefined;
  return (
    item["email"] ??
    item["name"] ??
    (item["key"] === undefined ? undefined : `${String(item["key"])}=${String(item["value"])}`)
  );
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Null, an empty list and an empty object stand for each other in a shape. */
function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}
