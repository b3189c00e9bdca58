import { createHash } from "node:crypto";
import { createServer, type Plugin, type Rolldown } from "vite";

const EMPTY = "<oim-playground standalone></oim-playground>";

/**
 * Puts a picture of the page into its document: the page's own templates, rendered while it is built. It is painted
 * before any script is there and looks like what takes its place, so nothing moves. It cannot be used, and says so with
 * `inert`; the element takes it away as soon as it has drawn itself.
 *
 * The styles of the picture and of the document are in the document, and its policy allows just these.
 */
export function firstPaint(root: string): Plugin {
  let picture = "";
  return {
    name: "first-paint",
    apply: "build",
    buildStart: async () => {
      picture = inert(await render(root));
    },
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        if (!html.includes(EMPTY)) return html;
        const inlined = html
          .replace(EMPTY, () => picture)
          .replace(/<link rel="stylesheet"[^>]* href="\.\/([^"]+)">/g, (link, path: string) => {
            const asset = bundle[path];
            return asset?.type === "asset" ? `<style>${asset.source}</style>` : link;
          });
        const hashes = new Set(
          [...inlined.matchAll(/<style>(.*?)<\/style>/gs)].map(
            ([, style = ""]) => `'sha256-${createHash("sha256").update(style).digest("base64")}'`,
          ),
        );
        return inlined
          .replace("style-src 'self'", `style-src 'self' ${[...hashes].join(" ")}`)
          .replace("</head>", () => `${soon(bundle, html)}  </head>`);
      },
    },
  };
}

/** Links to what the page's script asks for first, so that it is on its way already. */
function soon(bundle: Rolldown.OutputBundle, html: string): string {
  const wanted = new Set<string>();
  const want = (name: string): void => {
    const chunk = bundle[name];
    if (wanted.has(name) || chunk?.type !== "chunk") return;
    wanted.add(name);
    chunk.imports.forEach(want);
  };
  const entry = Object.values(bundle).find((one) => one.type === "chunk" && html.includes(`src="./${one.fileName}"`));
  if (entry?.type === "chunk") for (const name of [...entry.imports, ...entry.dynamicImports]) want(name);
  return [...wanted].map((name) => `    <link rel="modulepreload" crossorigin href="./${name}">\n`).join("");
}

async function render(root: string): Promise<string> {
  const server = await createServer({
    configFile: false,
    root,
    logLevel: "error",
    appType: "custom",
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const { firstPaint } = await server.ssrLoadModule("/src/app/first-paint.ts");
    return await firstPaint();
  } finally {
    await server.close();
  }
}

/** The picture as a child of the element, made of elements of other names, which do not come to life. */
function inert(html: string): string {
  const picture = html
    .replaceAll(/<!--.*?-->/gs, "")
    .replaceAll(/ (?:defer-hydration|shadowroot="open"|(?:selected|checked)="false")(?=[ >])/g, "")
    .replaceAll(/(<\/?)oim-/g, "$1painted-")
    .replaceAll(/<style>.*?<\/style>/gs, (style) => style.replaceAll(/(?<![\w-])oim-(?=[a-z])/g, "painted-"))
    .replace(/<painted-playground[^>]*>/, "<painted-playground standalone inert>")
    .trim();
  return EMPTY.replace("><", () => `>${picture}<`);
}
