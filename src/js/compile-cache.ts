/** Compiling, and the configuration compiled last, for programs that hand the same one over with each payload. */
import { generation, guard } from "./instance.js";
import * as raw from "./raw.js";
import { copyOf, encode, type Source } from "./text.js";
import type { Diagnostic } from "./types.js";

/** A longer body, in bytes or code units, is compiled each time: nobody is to find megabytes of it in memory. */
const LONGEST = 1 << 20;

/** What the engine makes of a body. */
export interface Compiled {
  program: raw.RawProgram | undefined;
  diagnostics: Diagnostic[];
}

/** Compiles a body in the present instance. */
export function compileRaw(body: Source): Compiled {
  return guard(() => {
    const compiled = raw.compile(encode(body.text), body.placed);
    const result = { diagnostics: compiled.diagnostics as Diagnostic[], program: compiled.takeProgram() };
    compiled.free();
    return result;
  });
}

interface Cached {
  /** Absent where the body was too long. */
  body: Source | undefined;
  compiled: Compiled;
  generation: number;
}

let cached: Cached | undefined;

/** Compiles a body, unless it is the one that was compiled last. The program stays here: it is not to be freed. */
export function compileCached(body: Source): Compiled {
  if (cached?.generation === generation && cached.body !== undefined && isSame(cached.body, body))
    return cached.compiled;
  const compiled = compileRaw(body);
  // An older instance took its programs with it.
  if (cached?.generation === generation) cached.compiled.program?.free();
  cached = { body: body.text.length > LONGEST ? undefined : copyOf(body), compiled, generation };
  return compiled;
}

function isSame(one: Source, other: Source): boolean {
  const [a, b] = [one.text, other.text];
  if (one.placed !== other.placed || a.length !== b.length) return false;
  if (typeof a === "string" || typeof b === "string") return a === b;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
