/** The generated glue and the one instance: a separate file in the package, so that all entries share them. */
export * from "./instance.js";
export * from "./raw.js";
export * from "./prepare.js";
