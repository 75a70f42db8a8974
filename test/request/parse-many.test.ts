import { join } from "node:path";
import { startThread } from "../../lib/adapters/thread";
import { parseRequest, type RequestParsing } from "../../lib/request/parse";
import { parseMany } from "../../lib/request/parse-many";
import type { Thread } from "../../lib/ports";
import { projectRoot } from "../support/folders";
import { requestText } from "../support/request-text";

const worker = join(projectRoot, "dist/lib/request/parse-worker.js");
const sources = Array.from({ length: 3_100 }, (_, at) => ({
  file: `requests/${at}.yaml`,
  text: at % 100 === 7 ? requestText({ duration: "1h30" }, `bad-${at}`) : requestText({}, `r-${at}`),
}));
const expected: readonly RequestParsing[] = sources.map((one) => parseRequest(one));

test("two threads give what one gives, in the order of the sources", async () => {
  const asked: number[] = [];
  const counting = (): Thread => {
    const thread = startThread(worker);
    return {
      ask: (question) => {
        asked.push((question as readonly unknown[]).length);
        return thread.ask(question);
      },
      close: () => thread.close(),
    };
  };
  expect(await parseMany(sources, counting)).toEqual(expected);
  expect(asked.length).toBeGreaterThan(0);
});

test("few files are parsed without another thread", async () => {
  const starting = jest.fn();
  expect(await parseMany(sources.slice(0, 100), starting)).toEqual(expected.slice(0, 100));
  expect(starting).not.toHaveBeenCalled();
  expect(await parseMany([])).toEqual([]);
});

test("a thread that fails fails the whole, and is closed: no file is left out in silence", async () => {
  const close = jest.fn(() => Promise.resolve());
  const failing = (): Thread => ({ ask: () => Promise.reject(new Error("out of memory")), close });
  await expect(parseMany(sources, failing)).rejects.toThrow("out of memory");
  expect(close).toHaveBeenCalledTimes(1);
});

test("a slow thread holds nothing up that this one can do", async () => {
  const answers: (() => void)[] = [];
  let asked = 0;
  const slow = (): Thread => ({
    ask: (question) => {
      asked += 1;
      const list = question as readonly { file: string; text: string }[];
      return new Promise((resolve) => answers.push(() => resolve(list.map((one) => parseRequest(one)))));
    },
    close: () => Promise.resolve(),
  });
  const parsing = parseMany(sources, slow);
  while (answers.length < 2) await new Promise((resolve) => setImmediate(resolve));
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  // All but the two batches on their way were parsed here meanwhile.
  expect(asked).toBe(2);
  for (const answer of answers) answer();
  expect(await parsing).toEqual(expected);
});
