/** The page: the playground, and word of a newer version of it. */
import "./offline/update.ts";
import "./playground.ts";
