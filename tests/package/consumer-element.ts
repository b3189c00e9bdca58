/** The element as a program in a browser uses it. */
import { OimPlayground, type PlaygroundResult } from "oim-config/element";

const playground: OimPlayground = document.createElement("oim-playground");
playground.payload = "{}";
playground.config = null;
playground.panels = "payload alerts";
playground.theme = "dark";
playground.readonly = true;
playground.addEventListener("oim-change", ({ detail }) => console.log(detail.payload.length, detail.config));
playground.addEventListener("oim-result", ({ detail }) => {
  const result: PlaygroundResult = detail;
  console.log(result.valid, result.alertCount, result.diagnostics[0]?.code);
});
playground.addEventListener("click", (event) => console.log(event.clientX));
// @ts-expect-error the texts are texts
playground.payload = {};
console.log(playground instanceof OimPlayground, playground.payload);
