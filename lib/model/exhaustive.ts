/** Ends an exhaustive `switch` over a closed union; reached only through a bug, and then says so. */
export function assertNever(value: never): never {
  throw new Error(`Expected every case to be covered, got \`${JSON.stringify(value)}\``);
}
