/** The page: the playground, and the notice of a newer version. */
import { followUpdates } from "./offline/update.ts";
import "./playground.ts";

followUpdates();
