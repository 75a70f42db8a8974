/** The text of a request file that is correct, but for what is given; a key with `undefined` is left out. */
export function requestText(
  fields: Readonly<Record<string, string | undefined>> = {},
  name = "orders-inc-4711",
): string {
  const spec = {
    for: "dev@example.com",
    access: "[orders-db/read]",
    duration: "2h",
    startBefore: "2026-11-25T18:00:00Z",
    reason: '"INC-4711: find the orders stuck in payment"',
    ...fields,
  };
  const lines = Object.entries(spec).flatMap(([key, value]) => (value === undefined ? [] : [`  ${key}: ${value}`]));
  return `apiVersion: leasehold/v1\nkind: AccessRequest\nmetadata:\n  name: ${name}\nspec:\n${lines.join("\n")}\n`;
}
