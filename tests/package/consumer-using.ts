/** Explicit resource management, where the library has it. Compiled against the installed package, never run. */
import { compile, type Program } from "oim-config";

export function run(): void {
  using program: Program = compile("{}").program!;
  program.process("{}");
}
