import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";
import type { Plugin } from "vite";

/** What the page does not need offline: the engine is inside the worker, and the demo is a separate page. */
const LEFT_OUT = /^(?:demo\/|sw\.js$|robots\.txt$)|\.wasm$/;

/** Writes the service worker beside the built page, with the list of its files and a digest of all they hold. */
export function offline(worker: string): Plugin {
  let folder = "";
  return {
    name: "offline",
    apply: "build",
    configResolved: (config) => {
      folder = config.build.outDir;
    },
    closeBundle: async () => {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
        .filter((path) => !LEFT_OUT.test(path))
        .sort();
      const digest = createHash("sha256");
      for (const path of files) digest.update(`${path}\n`).update(readFileSync(join(folder, path)));
      // The folder itself is the page.
      const listed = ["./", ...files];
      const { outputFiles } = await build({
        entryPoints: [worker],
        bundle: true,
        minifySyntax: true,
        format: "iife",
        target: "es2022",
        write: false,
        banner: {
          js: `const FILES = ${JSON.stringify(listed)};\nconst DIGEST = ${JSON.stringify(digest.digest("hex").slice(0, 16))};`,
        },
      });
      writeFileSync(join(folder, "sw.js"), outputFiles[0]?.text ?? "");
    },
  };
}
