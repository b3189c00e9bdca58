/** How users of the streaming entrance write it. Compiled against the installed package, never run. */
import { init, processPayload, type Processed } from "oim-config/web";

await init();
await init("/engine.wasm");
await init(new URL("engine.wasm", "https://example.com"));
await init(fetch("/engine.wasm"));
await init(new Uint8Array());
await init(await WebAssembly.compileStreaming(fetch("/engine.wasm")));
export const processed: Processed = processPayload("{}", "{}");

// @ts-expect-error not an engine
await init(null);
