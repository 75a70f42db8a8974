import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startThread } from "../../lib/adapters/thread";
import { temporaryFolder } from "../support/folders";

const folder = temporaryFolder();

function script(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, `const { parentPort } = require("node:worker_threads");\n${body}`);
  return path;
}

test("questions are answered in their order", async () => {
  const thread = startThread(script("double.js", `parentPort.on("message", (n) => parentPort.postMessage(n * 2));`));
  expect(await Promise.all([1, 2, 3].map((n) => thread.ask(n)))).toEqual([2, 4, 6]);
  await thread.close();
});

test("a thread has no environment", async () => {
  const thread = startThread(
    script("env.js", `parentPort.on("message", () => parentPort.postMessage({ ...process.env }));`),
  );
  expect(await thread.ask("what do you see")).toEqual({});
  await thread.close();
});

test.each([
  ["throws", `parentPort.on("message", () => { throw new Error("broken"); });`],
  ["exits", `parentPort.on("message", () => process.exit(0));`],
  ["does not start", `throw new Error("broken");`],
])("a thread that %s answers with an error, then and later", async (name, body) => {
  const thread = startThread(script(`${name.replaceAll(" ", "-")}.js`, body));
  await expect(thread.ask(1)).rejects.toMatchObject({ code: "E900" });
  await expect(thread.ask(2)).rejects.toMatchObject({ code: "E900" });
  await thread.close();
});

test("a thread that is closed leaves no question open", async () => {
  const thread = startThread(script("silent.js", `parentPort.on("message", () => {});`));
  const question = thread.ask(1);
  await thread.close();
  await expect(question).rejects.toMatchObject({ code: "E900" });
});
