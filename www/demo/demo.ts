/** Documentation that embeds the element. It shares the files of the page; elsewhere this is `import "oim-config/element"`. */
import "../src/playground.ts";

addEventListener("oim-result", (event) => {
  const { target, detail } = event as CustomEvent<{ valid: boolean; alertCount: number; rejectedCount: number }>;
  const name = (target as HTMLElement).id === "one" ? "the first" : "the second";
  const output = document.querySelector("#heard");
  if (output)
    output.textContent = `${name}, ${detail.alertCount} accepted and ${detail.rejectedCount} rejected, configuration ${detail.valid ? "valid" : "not valid"}`;
});
