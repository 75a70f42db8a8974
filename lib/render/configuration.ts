import type { ConfigurationAction, Direction } from "../model/action";
import { canonicalJson } from "../model/canonical";
import type { GatewayObject, ObjectSubject } from "../model/gateway-object";
import { someOf } from "./counts";
import type { Voice } from "./voice";

/** `connection orders-db-read`, `the gate`. */
export function subjectWords(subject: ObjectSubject, voice: Voice): string {
  if (subject.kind === "gate") return `the gate ${voice.strong(subject.name)}`;
  return `${subject.kind === "maskingRule" ? "masking rule" : subject.kind} ${voice.strong(subject.name)}`;
}

/** Whether somebody can do more afterwards, to be put behind something else; nothing where it is neither. */
export const directionWords: Readonly<Record<Direction, string>> = {
  widens: ", widens",
  narrows: ", narrows",
  neutral: "",
};

/** What a change of configuration changes, one line a field: `host: a -> b`, `connections: + x, - y`. */
export function configurationChanges(action: ConfigurationAction, voice: Voice): readonly string[] {
  if (action.kind === "delete" || action.after === null) return [];
  const before = fieldsOf(action.before);
  const after = fieldsOf(action.after);
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name) => {
    const from = before.get(name);
    const to = after.get(name);
    if (from === to || (action.before === null && isEmptyValue(to))) return [];
    return [`${voice.text(name)}: ${changeWords(from, to, voice, action.before === null)}`];
  });
}

const most = 10;

function changeWords(from: string | undefined, to: string | undefined, voice: Voice, isNew: boolean): string {
  const lists = [tryList(from ?? "[]"), tryList(to ?? "[]")] as const;
  const [old, wanted] = lists;
  if (old !== undefined && wanted !== undefined) {
    if (isNew) return someOf(wanted.map(voice.text), most);
    const added = wanted.filter((one) => !old.includes(one));
    const removed = old.filter((one) => !wanted.includes(one));
    const parts = [
      ...(added.length > 0 ? [`+ ${someOf(added.map(voice.text), most)}`] : []),
      ...(removed.length > 0 ? [`- ${someOf(removed.map(voice.text), most)}`] : []),
    ];
    return parts.length > 0 ? parts.join("; ") : "another order";
  }
  const shown = (value: string | undefined) => (value === undefined ? "none" : voice.text(plain(value)));
  return isNew ? shown(to) : `${shown(from)} -> ${shown(to)}`;
}

/** Fields by name, each as canonical JSON; records within one level are fields of their own. */
function fieldsOf(value: GatewayObject | null): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  if (value === null) return fields;
  const { kind: _, name: __, ...rest } = value;
  for (const [key, field] of Object.entries(rest) as readonly (readonly [string, unknown])[]) {
    if (field === undefined) continue;
    if (typeof field === "object" && field !== null && !Array.isArray(field)) {
      for (const [inner, item] of Object.entries(field)) fields.set(`${words(key)} ${inner}`, canonicalJson(item));
    } else fields.set(words(key), canonicalJson(field));
  }
  return fields;
}

/** `maskingRules` as `masking rules`. */
function words(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function tryList(json: string): readonly string[] | undefined {
  const value: unknown = JSON.parse(json);
  if (!Array.isArray(value)) return undefined;
  return value.map((item) => (typeof item === "string" ? item : canonicalJson(item)));
}

function plain(json: string): string {
  const value: unknown = JSON.parse(json);
  return typeof value === "string" ? value : json;
}

function isEmptyValue(json: string | undefined): boolean {
  return json === undefined || json === "[]" || json === '""' || json === "{}";
}
