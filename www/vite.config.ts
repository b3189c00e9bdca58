import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { firstPaint } from "./first-paint-plugin.ts";
import { offline } from "./offline-plugin.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Vite's development client injects inline styles and opens a socket, which the page's policy rightly forbids. */
const relaxPolicyWhileDeveloping: Plugin = {
  name: "relax-policy-while-developing",
  apply: "serve",
  transformIndexHtml: (html) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ""),
};

/** Writes into the page which commit it was built from, where that is known. */
const nameCommit: Plugin = {
  name: "name-commit",
  transformIndexHtml: (html) =>
    html.replace('name="oim-commit" content=""', `name="oim-commit" content="${process.env.OIM_COMMIT ?? ""}"`),
};

/** The package says that its modules have no side effects. Those of the page do: they register elements. */
const keepElements: Plugin = {
  name: "keep-elements",
  transform: (code, id) => (id.startsWith(here) ? { code, map: null, moduleSideEffects: true } : undefined),
};

export default defineConfig({
  root: here,
  // Relative, so that the build works from any folder of any host.
  base: "./",
  // An address that nothing stands behind is 404.
  appType: "mpa",
  plugins: [
    keepElements,
    relaxPolicyWhileDeveloping,
    nameCommit,
    firstPaint(here),
    offline(`${here}service/worker.ts`),
  ],
  build: {
    outDir: fileURLToPath(new URL("../dist/www", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    // The policy allows files of our own, not data: addresses.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: { input: [`${here}index.html`, `${here}demo/index.html`] },
  },
  worker: { format: "es" },
  // The engine is built beside this folder, not below it.
  server: { host: "127.0.0.1", fs: { allow: [fileURLToPath(new URL("..", import.meta.url))] } },
  preview: { host: "127.0.0.1" },
});
