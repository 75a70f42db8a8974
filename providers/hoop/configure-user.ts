/** Users as an effect's target: missing ones are made; none is ever changed or deleted (they cannot carry a mark of ours). */
import type { ObjectSubject, UserObject } from "../../lib/model/gateway-object";
import {
  createServiceAccount,
  createUser,
  listServiceAccounts,
  servicePrefix,
  tryFindUser,
  type UserItem,
} from "./client/users";
import type { Obstacle, Target } from "./configure";
import type { HoopRun } from "./run";

/** Finds a user or a service account, to be made when missing. */
export async function userTarget(
  run: HoopRun,
  subject: ObjectSubject,
  value: UserObject | null,
): Promise<Target | Obstacle> {
  if (value === null) return { because: "permanent", why: "users are never deleted" };
  const { writer } = run.context;
  const before = await tryFind(run, subject.name);
  if (before !== undefined && !before.isActive) {
    return { because: "permanent", why: "this user is there and not active; users are never changed" };
  }
  const name = value.displayName;
  return {
    before: before === undefined ? undefined : { ref: before.email, installation: undefined },
    write: () => {
      if (before !== undefined) return Promise.resolve({ status: 200, json: undefined, isLicenceLimit: false });
      if (!subject.name.startsWith(servicePrefix)) return createUser(writer, { email: subject.name, name });
      return createServiceAccount(writer, { subject: subject.name.slice(servicePrefix.length), name });
    },
    check: async () => {
      const after = await tryFind(run, subject.name);
      if (after?.isActive === true) return { kind: "as wanted", ref: after.email };
      return { kind: "not as wanted", why: "the user is not there" };
    },
  };
}

async function tryFind(run: HoopRun, name: string): Promise<UserItem | undefined> {
  const { writer } = run.context;
  if (!name.startsWith(servicePrefix)) return await tryFindUser(writer, name);
  return (await listServiceAccounts(writer)).find((account) => account.email === name);
}
