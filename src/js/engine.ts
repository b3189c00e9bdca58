/** The generated glue and the one instance: a file of its own in the package, so that all entries share them. */
export * from "./instance.js";
export * from "./raw.js";
export * from "./prepare.js";
export * from "./simd.js";
