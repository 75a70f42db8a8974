import { pullCommitOf } from "../../lib/github/commit-facts";
import { Foreign } from "../../lib/github/foreign";

const sha = "a".repeat(40);
const user = (login: string, databaseId: number) => ({ __typename: "User", login, databaseId });
const ana = { name: "Ana", email: "ana@example.com", user: user("ana", 1) };
const nobody = { name: "Nobody", email: "nobody@example.com", user: null };
const gitHub = { name: "GitHub", email: "noreply@ghe.example.com", user: null };
const list = (...nodes: readonly object[]) => ({ totalCount: nodes.length, nodes });

const read = (changes: object) =>
  pullCommitOf(
    new Foreign(
      {
        oid: sha,
        tree: { oid: sha },
        parents: list(),
        author: ana,
        committer: ana,
        authors: list(ana),
        signature: { isValid: true, wasSignedByGitHub: false },
        ...changes,
      },
      "commit",
    ),
  );

test("what GitHub committed and signed itself was committed for the author", () => {
  const signature = { isValid: true, wasSignedByGitHub: true };
  const web = read({ committer: gitHub, signature });
  expect(web).toMatchObject({ committer: { login: "ana" }, unknownPeople: 0, verified: true });
  // Its name alone, which anybody can type, is nobody's.
  for (const forged of [
    null,
    { isValid: true, wasSignedByGitHub: false },
    { isValid: false, wasSignedByGitHub: true },
  ]) {
    const commit = read({ committer: gitHub, signature: forged });
    expect(commit).not.toHaveProperty("committer");
    expect(commit.unknownPeople).toBe(1);
  }
});

test("one name that is nobody's counts once, wherever it stands; co-authors are others than the author", () => {
  const commit = read({ author: nobody, committer: nobody, authors: list(nobody, ana) });
  expect(commit).toMatchObject({ unknownPeople: 1, coAuthors: [{ login: "ana" }] });
  expect(read({ authors: list(ana, ana) }).coAuthors).toEqual([]);
});

test("a signature that is not good, or none, is not verified", () => {
  expect(read({ signature: null }).verified).toBe(false);
  expect(read({ signature: { isValid: false, wasSignedByGitHub: true } }).verified).toBe(false);
});

test("more parents or co-authors than GitHub listed make no sense", () => {
  expect(() => read({ parents: { totalCount: 1, nodes: [] } })).toThrow("E522");
  expect(() => read({ authors: { totalCount: 2, nodes: [ana] } })).toThrow("E522");
});
