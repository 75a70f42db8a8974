import { createRequire } from "node:module";
import { dirname, extname, resolve } from "node:path";
import { compileFunction } from "node:vm";
import { isBuiltin, type Builtins } from "./builtins";
import type { GuardedFiles } from "./guarded-files";
import { transpile } from "./transpile";

/** A module of a rules program could not be loaded; the message is for its author. */
export class LoadError extends Error {
  override readonly name = "LoadError";
}

/** What a loader gives to the modules it loads. */
export interface LoaderOptions {
  readonly files: GuardedFiles;
  readonly builtins: Builtins;
  /** Packages that are always ours, by name. */
  readonly packages: ReadonlyMap<string, unknown>;
}

/**
 * Loads the modules of a rules program: TypeScript, JavaScript and JSON of its repository, and packages
 * in its node_modules. Its own loader rather than Node's, because a module of Node's can always be made to
 * hand out the real `require`.
 */
export class Loader {
  /** The text of each source that was compiled, by real path: for telling where an error is. */
  readonly sources = new Map<string, string>();
  private readonly modules = new Map<string, { exports: unknown }>();

  constructor(private readonly options: LoaderOptions) {}

  /** Runs a file, once, and gives what it exports. */
  load(path: string): unknown {
    const known = this.modules.get(path);
    if (known !== undefined) return known.exports;
    const module: { exports: unknown } = { exports: {} };
    this.modules.set(path, module);
    const text = this.options.files.read(path).toString("utf8");
    if (extname(path) === ".json") module.exports = parseJson(path, text);
    else this.run(path, text, module);
    return module.exports;
  }

  private run(path: string, text: string, module: { exports: unknown }): void {
    this.sources.set(path, text);
    // Compiled without a callback for import(): where one is left over, it is refused.
    const compiled = compileFunction(
      transpile(path, text),
      ["exports", "require", "module", "__filename", "__dirname"],
      {
        filename: path,
      },
    );
    const require = (request: unknown): unknown => this.require(String(request), path);
    Reflect.apply(compiled, module.exports, [module.exports, require, module, path, dirname(path)]);
  }

  private require(request: string, from: string): unknown {
    const name = request.startsWith("node:") ? request.slice("node:".length) : request;
    if (request.startsWith("node:") || isBuiltin(name)) {
      if (this.options.builtins.has(name)) return this.options.builtins.get(name);
      throw new LoadError(`\`${request}\` may not be imported: a rules program only computes`);
    }
    if (this.options.packages.has(request)) return this.options.packages.get(request);
    if (request.startsWith("leasehold/")) {
      const why = request === "leasehold/terraform" ? "`leasehold synth --terraform` runs it" : "it is for tests";
      throw new LoadError(`\`${request}\` may not be imported by a rules program: ${why}`);
    }
    return this.load(isPath(request) ? this.resolvePath(request, from) : this.resolvePackage(request, from));
  }

  private resolvePath(request: string, from: string): string {
    const path = resolve(dirname(from), request);
    const found = candidatesOf(path).find((one) => this.options.files.isFile(one));
    if (found !== undefined) return realOf(this.options.files, found);
    throw new LoadError(`there is no \`${request}\` to import within the repository`);
  }

  private resolvePackage(request: string, from: string): string {
    let path: string;
    try {
      path = createRequire(from).resolve(request);
    } catch {
      throw new LoadError(`the package \`${request}\` is not installed in the repository`);
    }
    if (this.options.files.isFile(path)) return realOf(this.options.files, path);
    throw new LoadError(`the package \`${request}\` lies outside of the repository`);
  }
}

const extensions = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"];

/** As TypeScript resolves: what is written, its source if it names the output, then with an ending, then as a directory. */
function candidatesOf(path: string): readonly string[] {
  const source = /\.([cm]?)js$/.test(path) ? [path.replace(/\.([cm]?)js$/, ".$1ts")] : [];
  return [
    path,
    ...source,
    ...extensions.map((extension) => path + extension),
    ...extensions.map((extension) => resolve(path, `index${extension}`)),
  ];
}

function isPath(request: string): boolean {
  return /^\.{0,2}\//.test(request) || request === "." || request === "..";
}

function realOf(files: GuardedFiles, path: string): string {
  const real = (files.module["realpathSync"] as (path: string) => string)(path);
  if (extname(real) !== ".node") return real;
  throw new LoadError(`${path} is machine code, which a rules program may not load`);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LoadError(`${path} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
