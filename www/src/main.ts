import { startEarly } from "./engine/start.ts";

// The engine is started first and gets ready while the page is made. Browsers load a worker's code by way of the page,
// which then has no time for it; so it is waited for, but not longer than a slow network lets the page stand empty.
const MOST_MS = 300;

await Promise.race([startEarly(), new Promise((done) => setTimeout(done, MOST_MS))]);
await import("./page.ts");
