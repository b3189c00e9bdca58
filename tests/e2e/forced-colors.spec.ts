import type { Locator } from "@playwright/test";
import { expect, test } from "./page.ts";

test.use({ contextOptions: { forcedColors: "active", reducedMotion: "reduce" } });

const style = (element: Locator, property: string, pseudo = "") =>
  element.evaluate((one, [property, pseudo]) => getComputedStyle(one, pseudo).getPropertyValue(property), [
    property,
    pseudo,
  ] as [string, string]);

test("the selected tab and the chosen view stand out", async ({ playground }) => {
  const tab = (name: string) => playground.region("Payload").getByRole("tab", { name });
  expect(await style(tab("Text"), "background-color")).not.toBe(await style(tab("Fields"), "background-color"));
  expect(await style(tab("Text"), "color")).not.toBe(await style(tab("Fields"), "color"));
  await tab("Fields").click();
  expect(await style(tab("Fields"), "background-color")).not.toBe(await style(tab("Text"), "background-color"));

  const view = (name: string) => playground.region("Alerts").getByText(name, { exact: true });
  expect(await style(view("Cards"), "background-color")).not.toBe(await style(view("Table"), "background-color"));
});

test("the dot of a status and of the source that decides is filled", async ({ playground, page }) => {
  const card = playground.cards.first();
  const colour = (one: Locator, pseudo = "") => style(one, "background-color", pseudo);
  const surface = await colour(page.locator("body"));
  expect(await colour(card.locator(".status").first(), "::before")).not.toBe(surface);

  await card.getByRole("button", { name: "why? host" }).click();
  expect(await colour(card.locator(".decides .dot").first())).not.toBe(surface);

  await playground.region("Alerts").getByRole("radio", { name: "Table" }).check();
  const cell = page.locator("oim-alert-table span.status").first();
  await expect(cell).toHaveText("critical");
  expect(await style(cell, "border-top-width", "::before")).toBe("4px");
  expect(await style(cell, "border-top-color", "::before")).not.toBe(surface);
});

test("a switch shows whether it is on", async ({ playground }) => {
  const turn = playground.region("Alerts").getByRole("switch", { name: "Additional tags" });
  const colours = async () => [
    await style(turn, "background-color"),
    await style(turn, "background-color", "::before"),
    await style(turn, "border-top-style"),
  ];
  const [off, knobOff, border] = await colours();
  expect(knobOff).not.toBe(off);
  expect(border).toBe("solid");
  await turn.check();
  const [on, knobOn] = await colours();
  expect(knobOn).not.toBe(on);
  expect(on).not.toBe(off);
});

test("sources that are used look other than those that are not", async ({ playground, page }) => {
  const form = page.getByRole("region", { name: "Form" });
  const chip = (name: string) =>
    form
      .getByRole("listitem")
      .filter({ hasText: new RegExp(`^\\s*${name}`) })
      .first();
  const border = async (name: string) => [
    await style(chip(name), "border-top-width"),
    await style(chip(name), "border-top-color"),
  ];
  await expect(playground.cards.first()).toBeVisible();
  expect(await border("@alert.labels.instance")).not.toEqual(await border("@alert.labels.job"));
  expect(await style(chip("@alert.labels.cluster").getByRole("button").first(), "color")).not.toBe(
    await style(chip("@alert.labels.instance").getByRole("button").first(), "color"),
  );
});

test("the place that a value comes from is marked, in the list of steps and in the text", async ({
  playground,
  page,
}) => {
  const card = playground.cards.first();
  await card.getByRole("button", { name: "why? host" }).click();
  const step = card.getByRole("button").filter({ hasText: "@alert.labels.instance" });
  await expect(step).toHaveAttribute("aria-pressed", "true");
  const mark = page.locator(".cm-oim-mark").first();
  await expect(mark).toBeVisible();
  expect(await style(mark, "outline-style")).toBe("solid");
  const pressed = await style(step, "background-color");
  await step.click();
  await expect(step).toHaveAttribute("aria-pressed", "false");
  expect(await style(step, "background-color")).not.toBe(pressed);
});
