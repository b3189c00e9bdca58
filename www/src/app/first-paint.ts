/** The page as it is first painted, made while the page is built: everything that needs neither the engine nor a script. */
import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import { html } from "lit";
import { examples } from "../examples/index.ts";
import { sampleOf } from "../json/body.ts";
import "../playground.ts";

export function firstPaint(): Promise<string> {
  const body = examples[0]?.body ?? "";
  return collectResult(
    render(html`<oim-playground standalone .payload=${sampleOf(body)} .config=${body}></oim-playground>`),
  );
}
