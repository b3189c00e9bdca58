import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { compactTemplates } from "../scripts/lib/templates.mjs";
import { offline } from "./offline-plugin.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Vite's development client injects inline styles and opens a socket, which the page's policy rightly forbids. */
const relaxPolicyWhileDeveloping: Plugin = {
  name: "relax-policy-while-developing",
  apply: "serve",
  transformIndexHtml: (html) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ""),
};

/** The package says that its modules have no side effects. Those of the page do: they register elements. */
const keepElements: Plugin = {
  name: "keep-elements",
  transform: (code, id) => (id.startsWith(here) ? { code, map: null, moduleSideEffects: true } : undefined),
};

const compact: Plugin = {
  name: "compact-templates",
  apply: "build",
  enforce: "pre",
  transform: async (code, id) =>
    id.startsWith(here) && id.endsWith(".ts") ? { code: await compactTemplates(code), map: null } : undefined,
};

/** The page begins with a script that starts the engine and then asks for the rest. Browsers are to ask for it at once. */
const fetchAtOnce: Plugin = {
  name: "fetch-at-once",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle = {}, chunk }) {
      const files = new Set<string>();
      const add = (file: string): void => {
        const found = bundle[file];
        if (files.has(file) || found?.type !== "chunk") return;
        files.add(file);
        found.imports.forEach(add);
      };
      chunk?.dynamicImports.forEach(add);
      return [...files].map((file) => ({
        tag: "link",
        attrs: { rel: "modulepreload", crossorigin: true, href: `./${file}` },
        injectTo: "head",
      }));
    },
  },
};

/** Vite loads styles before what is imported later needs them. Ours has none, and what does it would be most of a file. */
const nothingBefore: Plugin = {
  name: "nothing-before",
  apply: "build",
  enforce: "pre",
  load: (id) => (id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : undefined),
};

export default defineConfig({
  root: here,
  // Relative, so that the build works from any folder of any host.
  base: "./",
  plugins: [
    compact,
    nothingBefore,
    keepElements,
    fetchAtOnce,
    relaxPolicyWhileDeveloping,
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
