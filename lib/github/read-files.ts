import { failure } from "../errors";
import { limits } from "../model/limits";
import { readBlobs } from "./blobs";
import type { GitHub } from "./open-github";
import { readTree } from "./trees";
import type { CommitFile, RepositoryName } from "./types";

/**
 * The regular files of a commit that a predicate picks, each verified by its Git id, by path. Symbolic links and
 * submodules are never among them: nothing that is written from here leads anywhere else. Throws E524 where there is
 * no such commit, E109 where the files are larger than what is kept anywhere.
 */
export async function readFiles(
  github: GitHub,
  repository: RepositoryName,
  commit: string,
  isWanted: (path: string) => boolean,
): Promise<ReadonlyMap<string, CommitFile>> {
  const tree = await readTree(github, repository, await treeOfCommit(github, repository, commit));
  const wanted = [...tree.values()].filter(({ path, mode }) => mode.startsWith("100") && isWanted(path));
  const bytes = wanted.reduce((sum, { size = 0 }) => sum + size, 0);
  if (bytes > limits.blobBytes) {
    throw failure("E109", {
      detail: `the files of ${commit} have ${bytes} bytes, at most ${limits.blobBytes} are read`,
      fix: "keep large files out of the access repository",
    });
  }
  const blobs = await readBlobs(
    github,
    repository,
    wanted.map(({ blob, size = 0 }) => ({ id: blob, size })),
  );
  return new Map(
    wanted.flatMap(({ path, mode, blob }): [string, CommitFile][] => {
      const found = blobs.get(blob);
      return found === undefined ? [] : [[path, { path, mode, bytes: found }]];
    }),
  );
}

async function treeOfCommit(github: GitHub, { owner, name }: RepositoryName, oid: string): Promise<string> {
  const document = `query Commits($owner: String!, $name: String!, $oid: GitObjectID!) {
    repository(owner: $owner, name: $name) { object(oid: $oid) { __typename oid ... on Commit { tree { oid } } } }
  }`;
  const { data } = await github.query("commits", document, { variables: { owner, name, oid } });
  const object = data.get("repository").nullable("object");
  if (object === undefined || object.get("__typename").string() !== "Commit") {
    throw failure("E524", { detail: `there is no commit ${oid}`, fix: "name a commit of this repository" });
  }
  return object.at("tree", "oid").sha();
}
