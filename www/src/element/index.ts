/** `oim-config/element`: registers `<oim-playground>`. */
export { OimPlayground } from "../playground.ts";
