/** What axe finds in the form with everything in it: all sections open, numbers, a list of payloads. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./page.ts";

const BODY = JSON.stringify({
  config: {
    status: { source: ["state"], default_to: "unknown", status_map: { critical: ["down"], ok: ["up", "fine"] } },
    primary_property: { name: "host", source: ["node", "address"] },
    additional_attributes: [
      { name: "zone", source: ["place.zone"], default_to: "nowhere" },
      { name: "place", source: ["place"], flatten: true },
    ],
    timestamp: { source: ["when"], format: "%Y" },
    incident_identifier: ["host", "shelf"],
  },
  sample_payload: { node: "n" },
});
const PAYLOADS = [
  { node: "a", state: "down", place: { zone: "west" } },
  { node: "b", state: "flapping" },
];

for (const colorScheme of ["light", "dark"] as const)
  test(`axe finds nothing in a full form: ${colorScheme}`, async ({ playground, page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await playground.write("Configuration", BODY);
    const buffer = Buffer.from(PAYLOADS.map((payload) => JSON.stringify(payload)).join("\n"));
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "events.ndjson", mimeType: "application/x-ndjson", buffer });
    await playground.tab("Configuration", "Form");
    const form = page.getByRole("region", { name: "Form", exact: true });
    await form.getByRole("button", { name: "Fold all" }).click();
    await form.getByRole("button", { name: "Unfold all" }).click();
    await form.getByRole("button", { name: /^node: used in/ }).click();
    await expect(form.getByRole("dialog", { name: "Payloads for node" })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))).toEqual([]);
    await form.getByRole("button", { name: /^Payload 2/ }).press("Escape");
    await form.getByRole("button", { name: "Fold all" }).click();
    const folded = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(folded.violations.map(({ id }) => id)).toEqual([]);
  });
