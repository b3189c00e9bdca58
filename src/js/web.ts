/** The web, with the engine as a separate file: it is compiled while it downloads. */
import { kindOf } from "./arguments.js";
import { prepare } from "./prepare.js";
import type { EngineSource } from "./web.mjs";

/** Makes the engine ready, from the file in the same folder unless another source is given. */
export function init(source?: EngineSource | PromiseLike<EngineSource>): Promise<void> {
  const given = Promise.resolve(source);
  // If the engine is ready already, the source is not used, and its failure must not be an unhandled rejection.
  given.catch(() => {});
  return prepare(async () => {
    const source = await given;
    return compile(source === undefined ? new URL("./engine.wasm", import.meta.url) : source);
  });
}

async function compile(source: EngineSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source === "string" || source instanceof URL) return compileResponse(await request(source));
  if (typeof Response === "function" && source instanceof Response) return compileResponse(source);
  const kind = kindOf(source);
  if (ArrayBuffer.isView(source)) {
    return WebAssembly.compile(source as BufferSource);
  }
  if (kind === "ArrayBuffer") return WebAssembly.compile(source as ArrayBuffer);
  throw new TypeError(`init: expected a URL, a Response, bytes or a WebAssembly.Module, got ${kind}`);
}

async function request(address: string | URL): Promise<Response> {
  try {
    return await fetch(address);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`init: ${address} could not be loaded: ${reason}`, { cause });
  }
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) {
    throw new Error(`init: ${response.url || "the engine"} could not be loaded: HTTP ${response.status}`);
  }
  // Streaming requires the media type, which many servers do not send.
  const type = response.headers.get("content-type")?.split(";", 1)[0]?.trim();
  if (type === "application/wasm" && typeof WebAssembly.compileStreaming === "function") {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

export * from "./api.js";
