import { Router } from "../http/route";
import { checkRoutes } from "./routes-checks";
import { contentRoutes } from "./routes-contents";
import { gitRoutes } from "./routes-git";
import { issueRoutes } from "./routes-issues";
import { peopleRoutes } from "./routes-people";
import { pullRoutes } from "./routes-pulls";
import { settingsRoutes } from "./routes-settings";

/** All of the REST API that we serve. */
export const allRoutes = [
  ...peopleRoutes,
  ...gitRoutes,
  ...contentRoutes,
  ...issueRoutes,
  ...checkRoutes,
  ...pullRoutes,
  ...settingsRoutes,
];

/** Finds the route of a call. */
export const router = new Router(allRoutes);
