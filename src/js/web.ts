/** The web, with the engine as a file of its own: it is compiled while it arrives. */
import { kindOf } from "./arguments.js";
import { fitting, prepare } from "./prepare.js";
import { hasSimd } from "./simd.js";
import type { EngineSource } from "./web.mjs";

/** Makes the engine ready, from the file beside this one unless another source is given. */
export function init(source?: EngineSource | PromiseLike<EngineSource>): Promise<void> {
  const given = Promise.resolve(source);
  // Where the engine is ready already nobody looks at the source, and what becomes of it harms nobody.
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
    return compileBytes(new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength));
  }
  if (kind === "ArrayBuffer") return compileBytes(new Uint8Array(source as ArrayBuffer));
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
  // Streaming insists on the media type, which many servers do not know yet.
  const type = response.headers.get("content-type")?.split(";", 1)[0]?.trim();
  if (type === "application/wasm" && typeof WebAssembly.compileStreaming === "function" && hasSimd()) {
    return WebAssembly.compileStreaming(response);
  }
  return compileBytes(new Uint8Array(await response.arrayBuffer()));
}

async function compileBytes(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await fitting(bytes));
}

export * from "./api.js";
