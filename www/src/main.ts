/** The page: the playground, and the notice of a newer version. */
import "./offline/update.ts";
import "./playground.ts";
