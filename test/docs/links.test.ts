/** Every relative link of a Markdown file leads to a file that is there, and to a heading that it has. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { projectRoot } from "../support/folders";

const leftOut = new Set(["node_modules", "dist", ".git", "fixtures", "coverage"]);
const files = markdownUnder(projectRoot).map((path) => relative(projectRoot, path));

test("there are pages to check", () => {
  expect(files).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md", "docs/semantics.md"]));
});

test.each(files)("every link of %s leads somewhere", (file) => {
  const text = readFileSync(join(projectRoot, file), "utf8");
  const dead = linksOf(text).filter((link) => !isAlive(file, link));
  expect(dead).toEqual([]);
});

test.each(files)("every path that %s names in `code` is there", (file) => {
  const named = pathsOf(readFileSync(join(projectRoot, file), "utf8"));
  expect(named.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
});

test("every page of docs is reached from the README", () => {
  const reached = new Set(["README.md"]);
  for (const page of reached) {
    for (const link of linksOf(readFileSync(join(projectRoot, page), "utf8"))) {
      const target = normalize(join(dirname(page), link.split("#")[0] ?? ""));
      if (target.endsWith(".md") && existsSync(join(projectRoot, target))) reached.add(target);
    }
  }
  const docs = readdirSync(join(projectRoot, "docs")).filter((name) => name.endsWith(".md"));
  expect(docs.filter((name) => !reached.has(`docs/${name}`))).toEqual([]);
});

test("a dead link, a dead heading and a dead path are noticed", () => {
  expect(isAlive("docs/run-it.md", "no-such-page.md")).toBe(false);
  expect(isAlive("docs/run-it.md", "exit-codes.md#no-such-heading")).toBe(false);
  expect(isAlive("docs/run-it.md", "exit-codes.md#every-error")).toBe(true);
  expect(pathsOf("see `lib/no-such-file.ts` and `leasehold plan`")).toEqual(["lib/no-such-file.ts"]);
});

/** Targets of links and pictures, but for the web's. */
function linksOf(markdown: string): readonly string[] {
  const prose = markdown.replace(/^```[^\n]*\n[\s\S]*?^```$/gm, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? "")
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** Paths of this checkout that are named in code spans: those that begin with one of its source folders. */
function pathsOf(markdown: string): readonly string[] {
  const spans = [...markdown.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? "");
  return spans.filter((span) => /^(?:lib|providers|test|scripts|schemas|docs|examples)\/[\w./-]+$/.test(span));
}

function isAlive(file: string, link: string): boolean {
  const [path = "", heading] = link.split("#");
  const target = path === "" ? join(projectRoot, file) : join(projectRoot, dirname(file), path);
  if (!existsSync(target)) return false;
  if (heading === undefined) return true;
  return statSync(target).isFile() && headingsOf(readFileSync(target, "utf8")).includes(heading);
}

/** Headings as GitHub makes anchors of them. */
function headingsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replace(/ /g, "-"),
  );
}

function markdownUnder(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return leftOut.has(entry.name) ? [] : markdownUnder(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}
