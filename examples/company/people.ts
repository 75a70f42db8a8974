import { AccessStack, Group, ServiceAccount, User, type AccessApp } from "leasehold";

// Name, login on GitHub, manager. E-mails follow from the names.
const staff: readonly (readonly [name: string, github: string, manager?: string])[] = [
  ["Iris Vogel", "irisvogel"],
  ["Tomas Lindqvist", "tlindqvist", "Iris Vogel"],
  ["Amara Okafor", "amara-okafor", "Iris Vogel"],
  ["Jonas Weber", "jweber", "Tomas Lindqvist"],
  ["Priya Raman", "priyaraman", "Tomas Lindqvist"],
  ["Lucia Moretti", "lumoretti", "Tomas Lindqvist"],
  ["Oskar Nyman", "onyman", "Tomas Lindqvist"],
  ["Hana Sato", "hanasato", "Amara Okafor"],
  ["Diego Fuentes", "dfuentes", "Amara Okafor"],
  ["Nadia Haddad", "nhaddad", "Amara Okafor"],
  ["Ben Carter", "bcarter", "Jonas Weber"],
  ["Elif Demir", "elifdemir", "Jonas Weber"],
  ["Marek Novak", "mnovak", "Jonas Weber"],
  ["Chiara Russo", "crusso", "Jonas Weber"],
  ["Samuel Adeyemi", "sadeyemi", "Jonas Weber"],
  ["Freya Holm", "freyaholm", "Priya Raman"],
  ["Arjun Patel", "arjunp", "Priya Raman"],
  ["Zoe Martin", "zoemartin", "Priya Raman"],
  ["Viktor Petrov", "vpetrov", "Priya Raman"],
  ["Mei Chen", "meichen", "Lucia Moretti"],
  ["Paul Dubois", "pdubois", "Lucia Moretti"],
  ["Ingrid Berg", "ingridberg", "Lucia Moretti"],
  ["Kofi Mensah", "kmensah", "Lucia Moretti"],
  ["Anna Kowalska", "annakow", "Oskar Nyman"],
  ["Rui Santos", "ruisantos", "Oskar Nyman"],
  ["Leila Farsi", "lfarsi", "Oskar Nyman"],
  ["Henrik Dahl", "hdahl", "Oskar Nyman"],
  ["Sofia Greco", "sgreco", "Hana Sato"],
  ["Yusuf Kaya", "ykaya", "Hana Sato"],
  ["Clara Schmidt", "claraschmidt", "Hana Sato"],
  ["Mateo Rivera", "mrivera", "Diego Fuentes"],
  ["Olga Ivanova", "oivanova", "Diego Fuentes"],
  ["Daniel Osei", "dosei", "Diego Fuentes"],
  ["Grace Kim", "gracekim", "Nadia Haddad"],
  ["Emil Larsen", "elarsen", "Nadia Haddad"],
  ["Aisha Rahman", "arahman", "Nadia Haddad"],
  ["Noah Fischer", "nfischer", "Jonas Weber"],
  ["Laura Silva", "lsilva", "Priya Raman"],
  ["Tariq Aziz", "taziz", "Lucia Moretti"],
  ["Julia Brandt", "jbrandt", "Oskar Nyman"],
];

const teams: Readonly<Record<string, readonly string[]>> = {
  backend: ["Ben Carter", "Elif Demir", "Marek Novak", "Chiara Russo", "Samuel Adeyemi", "Noah Fischer"],
  payments: ["Freya Holm", "Arjun Patel", "Zoe Martin", "Viktor Petrov", "Laura Silva"],
  logistics: ["Mei Chen", "Paul Dubois", "Ingrid Berg", "Kofi Mensah", "Tariq Aziz"],
  sre: ["Anna Kowalska", "Rui Santos", "Leila Farsi", "Henrik Dahl", "Julia Brandt"],
  data: ["Sofia Greco", "Yusuf Kaya", "Clara Schmidt"],
  support: ["Mateo Rivera", "Olga Ivanova", "Daniel Osei"],
  security: ["Amara Okafor", "Nadia Haddad", "Grace Kim", "Emil Larsen", "Aisha Rahman"],
  "orders-leads": ["Jonas Weber", "Tomas Lindqvist"],
  "payments-leads": ["Priya Raman", "Tomas Lindqvist"],
  "logistics-leads": ["Lucia Moretti", "Tomas Lindqvist"],
  platform: ["Iris Vogel", "Oskar Nyman", "Henrik Dahl", "Julia Brandt"],
};

/** What the rules need of the people. */
export interface People {
  /** Each team as a Group, and `engineers`: the teams that write code. */
  readonly groups: Readonly<Record<string, Group>>;
  /** The pipeline that migrates databases. */
  readonly migrations: ServiceAccount;
}

/** Declares everybody who works at Harbourlight, and the teams they work in. */
export function declarePeople(app: AccessApp): People {
  const stack = new AccessStack(app, "people");
  const users = new Map<string, User>();
  for (const [name, github, manager] of staff) {
    const user = new User(stack, idOf(name), {
      email: emailOf(name),
      name,
      github,
      ...(manager === undefined ? {} : { manager: User.named(emailOf(manager)) }),
    });
    users.set(name, user);
  }
  const groups: Record<string, Group> = {};
  for (const [team, names] of Object.entries(teams)) {
    groups[team] = new Group(stack, team, { members: names.flatMap((name) => users.get(name) ?? []) });
  }
  groups["engineers"] = new Group(stack, "engineers", {
    members: ["backend", "payments", "logistics", "sre"].map((team) => Group.named(team)),
  });
  const migrations = new ServiceAccount(stack, "ci-migrations", { owner: User.named(emailOf("Oskar Nyman")) });
  return { groups, migrations };
}

function idOf(name: string): string {
  return name.toLowerCase().replace(/ /g, "-");
}

function emailOf(name: string): string {
  return `${name.toLowerCase().replace(/ /g, ".")}@harbourlight.example`;
}
