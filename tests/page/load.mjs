/** Loads modules of the page that need no browser. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const SOURCES = fileURLToPath(new URL("../../www/src", import.meta.url));

/** What the modules of these paths below `www/src` export, all in one. */
export async function load(...paths) {
  const contents = paths.map((path) => `export * from ${JSON.stringify(`./${path}`)};`).join("\n");
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: SOURCES, loader: "ts" },
    absWorkingDir: join(SOURCES, ".."),
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    // Types of the page, such as those of its DOM, are not looked at here.
    tsconfigRaw: {},
  });
  const [{ text }] = outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}
