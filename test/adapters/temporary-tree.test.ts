import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { array, assert, asyncProperty, constantFrom } from "fast-check";
import { writeTemporaryTree } from "../../lib/adapters/temporary-tree";

const bytes = (text: string): Uint8Array => Buffer.from(text, "utf8");

test("files lie where their paths say, for this user alone, until they are removed", async () => {
  const tree = await writeTemporaryTree(
    new Map([
      ["a/b/c.ts", bytes("1")],
      ["d.bin", Uint8Array.of(0, 255)],
    ]),
  );
  expect(readFileSync(join(tree.directory, "a/b/c.ts"), "utf8")).toBe("1");
  expect([...readFileSync(join(tree.directory, "d.bin"))]).toEqual([0, 255]);
  expect(statSync(tree.directory).mode & 0o077).toBe(0);
  await tree.remove();
  expect(existsSync(tree.directory)).toBe(false);
});

test.each(["../x", "/etc/x", "a/../../x", "a//b", "a/./b", "", "a\\b", "a\0b"])(
  "a path that leads elsewhere is refused: %j",
  async (path) => {
    await expect(writeTemporaryTree(new Map([[path, bytes("x")]]))).rejects.toMatchObject({ code: "E703" });
  },
);

test("whatever the path, nothing is written outside", async () => {
  await assert(
    asyncProperty(
      array(constantFrom("..", ".", "", "a", "..a", "b.ts"), { minLength: 1, maxLength: 5 }),
      async (steps) => {
        const path = steps.join("/");
        const tree = await writeTemporaryTree(new Map([[path, bytes("x")]])).catch(() => undefined);
        if (tree === undefined) return;
        expect(readFileSync(join(tree.directory, path), "utf8")).toBe("x");
        expect(join(tree.directory, path).startsWith(`${tree.directory}/`)).toBe(true);
        await tree.remove();
      },
    ),
    { numRuns: 50 },
  );
});

test("two paths that cannot stand together leave nothing behind", async () => {
  const files = new Map([
    ["a", bytes("x")],
    ["a/b", bytes("y")],
  ]);
  await expect(writeTemporaryTree(files)).rejects.toMatchObject({ code: "E704" });
});
