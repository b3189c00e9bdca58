/** The element of the package: registers `<oim-playground>`. */
export { OimPlayground } from "../playground.ts";
