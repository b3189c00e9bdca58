/** The page: the playground, and the notice of a newer version. */
import { startEarly } from "./engine/start.ts";

// The longest way of all is that of the engine, so it sets out first. The rest comes in tasks of its own.
startEarly();
setTimeout(async () => {
  await import("./playground.ts");
  const { followUpdates } = await import("./offline/update.ts");
  followUpdates();
});
