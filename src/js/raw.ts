/** The generated glue. Only files of this folder use it; it checks nothing, so whoever calls it must. */
export * from "../../target/glue/engine.js";
