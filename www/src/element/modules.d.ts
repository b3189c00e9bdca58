/** What the build of the element puts in. */
declare module "oim:worker" {
  /** The engine's worker as one module, without the engine itself. */
  const code: string;
  export default code;
}

declare module "oim:engine" {
  /** The engine: gzip in base64. */
  const packed: string;
  export default packed;
}
