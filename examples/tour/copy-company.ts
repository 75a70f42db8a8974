import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The moment for which the start windows of examples/company are written. */
export const companyAsOf = "2026-11-25T09:00:00Z";

/** How a copy differs from the example. */
export interface CompanyCopy {
  /** examples/company. */
  readonly from: string;
  readonly to: string;
  /** The copy's start windows lie around this moment as the example's lie around `companyAsOf`. */
  readonly now: Date;
  /** Where the orders database is in the copy, instead of production. */
  readonly orders?: { readonly host: string; readonly port: number };
}

/** Copies examples/company and moves its start windows to a moment, so that it can be used for real. */
export function copyCompany(copy: CompanyCopy): void {
  const isLeftAlone = (path: string): boolean => !/\.leasehold$|leasehold\.out$|\.test\.ts$/.test(path);
  cpSync(copy.from, copy.to, { recursive: true, filter: isLeftAlone });
  const shiftMs = copy.now.getTime() - Date.parse(companyAsOf);
  const requests = join(copy.to, "requests");
  for (const file of readdirSync(requests, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".yaml")) continue;
    const path = join(requests, file);
    writeFileSync(path, shiftWindows(readFileSync(path, "utf8"), shiftMs));
  }
  const { orders } = copy;
  if (orders === undefined) return;
  const resources = join(copy.to, "resources.ts");
  const place = /host: "orders\.prod\.harbourlight\.example",\s*port: 5432/;
  writeFileSync(
    resources,
    readFileSync(resources, "utf8").replace(place, `host: "${orders.host}", port: ${orders.port}`),
  );
}

/** Moves every `startBefore` and `startAfter` of a request file. */
export function shiftWindows(text: string, shiftMs: number): string {
  return text.replace(/^( {2}start(?:Before|After): )(\S+)$/gm, (_line, key: string, time: string) => {
    const moved = new Date(Date.parse(time) + shiftMs).toISOString();
    return `${key}${moved.replace(/\.\d{3}Z$/, "Z")}`;
  });
}
