import { Duration } from "../model/duration";
import type { AccessRequest } from "../model/request";
import { instantText } from "./instant-words";

/** How a request file is written. */
export interface WriteOptions {
  /** Where editors find the schema; a path relative to the file, or a URL. */
  readonly schema?: string;
}

/** A request as the text of its file, always in the same layout; `parseRequest` gives the same request again. */
export function writeRequest(request: AccessRequest, options: WriteOptions = {}): string {
  const [only, ...others] = request.for;
  const people = only !== undefined && others.length === 0 ? ` ${scalar(only)}` : list(request.for);
  const lines = [
    `# yaml-language-server: $schema=${options.schema ?? "../schemas/request.v1.json"}`,
    "apiVersion: leasehold/v1",
    "kind: AccessRequest",
    "metadata:",
    `  name: ${scalar(request.name)}`,
    "spec:",
    `  for:${people}`,
    `  access:${list(request.access)}`,
    ...optional("duration", durationText(request.durationSeconds)),
    `  startBefore: ${instantText(request.startBefore)}`,
    ...optional("startAfter", request.startAfter === undefined ? undefined : instantText(request.startAfter)),
    `  reason: ${JSON.stringify(request.reason)}`,
    ...optional("ticket", request.ticket === undefined ? undefined : scalar(request.ticket)),
    ...optional("rule", request.rule === undefined ? undefined : scalar(request.rule)),
    ...optional("extends", request.extends === undefined ? undefined : scalar(request.extends)),
  ];
  return `${lines.join("\n")}\n`;
}

function optional(key: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`  ${key}: ${value}`];
}

function list(items: readonly string[]): string {
  const flow = ` [${items.map((item) => scalar(item)).join(", ")}]`;
  if (flow.length <= widestList) return flow;
  return `\n${items.map((item) => `    - ${scalar(item)}`).join("\n")}`;
}

const widestList = 90;

/** Plain where every reader of YAML takes it for a text, otherwise in double quotes, which are JSON's. */
function scalar(text: string): string {
  const isPlain =
    /^[A-Za-z][A-Za-z0-9._@/+-]*(?::[A-Za-z0-9._-]+)?$/.test(text) &&
    !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

function durationText(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : Duration.seconds(seconds).toString();
}
