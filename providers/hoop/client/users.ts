/** `/users`, keyed by e-mail, exact in case, and `/serviceaccounts`, keyed by subject. */
import type { Api, ApiAnswer } from "./api";
import { fieldsOf, listOf, listOrNullOf, optionalText, textField, textsField } from "./shape";

/** A user. */
export interface UserItem {
  readonly email: string;
  /** What sessions are filtered by; equal to the e-mail with local authentication. */
  readonly subject: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly groups: readonly string[];
}

/** All users. */
export async function listUsers(api: Api): Promise<readonly UserItem[]> {
  return listOf(await api.read({ method: "GET", path: ["users"] }), "users").map((item) => userOf(item));
}

/** A user by exact e-mail. */
export async function tryFindUser(api: Api, email: string): Promise<UserItem | undefined> {
  const json = await api.tryRead({ method: "GET", path: ["users", email] });
  return json === undefined ? undefined : userOf(json);
}

/** Makes a user without groups and without a password: it logs in by what the gateway has for that. */
export function createUser(api: Api, user: { readonly email: string; readonly name: string }): Promise<ApiAnswer> {
  const body = { email: user.email, name: user.name, groups: [] };
  return api.write({ method: "POST", path: ["users"], body });
}

/** All service accounts, as users named `service:<subject>`. */
export async function listServiceAccounts(api: Api): Promise<readonly UserItem[]> {
  const json = await api.read({ method: "GET", path: ["serviceaccounts"] });
  return listOrNullOf(json, "serviceaccounts").map((item) => {
    const fields = fieldsOf(item, "serviceaccount");
    const subject = textField(fields, "subject", "serviceaccount");
    return {
      email: `${servicePrefix}${subject}`,
      subject,
      name: optionalText(fields, "name", "serviceaccount") ?? "",
      isActive: textField(fields, "status", "serviceaccount") === "active",
      groups: textsField(fields, "groups", "serviceaccount"),
    };
  });
}

/** Makes a service account without groups. */
export function createServiceAccount(api: Api, account: { readonly subject: string; readonly name: string }) {
  const body = { subject: account.subject, name: account.name, status: "active", groups: [] };
  return api.write({ method: "POST", path: ["serviceaccounts"], body });
}

/** How a person that is a service account is called. */
export const servicePrefix = "service:";

function userOf(json: unknown): UserItem {
  const fields = fieldsOf(json, "user");
  return {
    email: textField(fields, "email", "user"),
    subject: textField(fields, "id", "user"),
    name: optionalText(fields, "name", "user") ?? "",
    isActive: textField(fields, "status", "user") === "active",
    groups: textsField(fields, "groups", "user"),
  };
}
