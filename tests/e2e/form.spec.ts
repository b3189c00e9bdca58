import type { Locator, Page } from "@playwright/test";
import { expect, type Playground, test } from "./page.ts";

const BODY = `{
  "config": {
    "status": {"source": ["state"], "status_map": {"critical": ["down"], "ok": ["up"]}, "default_to": "unknown"},
    "primary_property": {"name": "host", "source": ["node", "address"], "owner": "nobody knows this"},
    "additional_attributes": [
      {"name": "zone", "source": ["place.zone"]},
      {"name": "note", "source": ["text"], "default_to": "none"}
    ]
  },
  "sample_payload": {"node": "db1", "address": "192.0.2.1", "state": "down", "text": "", "place": {"zone": "b"}, "when": 1742283730}
}
`;

const PAYLOAD =
  '{"node": "db1", "address": "192.0.2.1", "state": "down", "text": "", "place": {"zone": "b"}, "when": 1742283730}';

interface Rule {
  name?: string;
  source: string[];
}

interface Config {
  status: { source: string[]; status_map: Record<string, string[]>; default_to?: string };
  primary_property: Rule;
  secondary_property?: Rule;
  additional_attributes: Rule[];
  timestamp?: { source: string[]; format?: string };
  incident_identifier?: string[];
  is_array?: boolean;
}

async function config(playground: Playground): Promise<Config> {
  return (JSON.parse(await playground.text("Configuration")) as { config: Config }).config;
}

/** Loads the texts of this file and opens the form. */
async function start(playground: Playground, body = BODY, payload = PAYLOAD): Promise<Locator> {
  await playground.write("Payload", payload);
  await playground.write("Configuration", body);
  await playground.tab("Configuration", "Form");
  return playground.page.getByRole("region", { name: "Form", exact: true });
}

/** Opens a section that begins folded. */
async function unfold(form: Locator, heading: string): Promise<void> {
  const button = form.getByRole("button", { name: heading, exact: true });
  if ((await button.getAttribute("aria-expanded")) === "false") await button.click();
}

/** The name of what has the focus, however many shadow trees it is in. */
function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getAttribute("aria-label") ?? null;
  });
}

test("an act in the form changes only its part of the text, and is undone as one step", async ({
  playground,
  page,
}) => {
  const form = await start(playground);
  await form.getByRole("textbox", { name: "Name of the tag zone" }).fill("site");
  await page.keyboard.press("Enter");
  await expect.poll(() => playground.text("Configuration")).toBe(BODY.replace('"zone", "source"', '"site", "source"'));
  await expect(playground.cards.first()).toContainText("site");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => playground.text("Configuration")).toBe(BODY);
  await expect(form.getByRole("textbox", { name: "Name of the tag zone" })).toHaveValue("zone");
});

test("each row shows what its rule gives", async ({ playground }) => {
  const form = await start(playground);
  await expect(form.getByRole("group", { name: "Tag host, primary" })).toContainText("db1");
  await expect(form.getByRole("group", { name: "Tag zone" })).toContainText("b");
  await expect(form.getByRole("group", { name: "Tag note" })).toContainText("none");
  await playground.write("Payload", PAYLOAD.replace('"b"', '"west"'));
  await expect(form.getByRole("group", { name: "Tag zone" })).toContainText("west");
});

test("sources are added, moved and removed by keyboard, and the focus stays on them", async ({ playground, page }) => {
  const form = await start(playground);
  await form.getByRole("combobox", { name: "Add a source to sources of note" }).focus();
  await page.keyboard.type("addr");
  await expect(form.getByRole("option", { name: /address/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await config(playground)).additional_attributes[1]?.source)
    .toEqual(["text", "address"]);
  await expect.poll(() => focused(page)).toBe("Add a source to sources of note");

  await form
    .getByRole("button", { name: /^address, source 2 of 2/ })
    .first()
    .focus();
  await page.keyboard.press("Alt+ArrowLeft");
  await expect.poll(async () => (await config(playground)).primary_property.source).toEqual(["address", "node"]);
  await expect.poll(() => focused(page)).toMatch(/^address, source 1 of 2/);
  await expect(page.getByRole("status", { name: "Message" })).toContainText("address is now source 1 of 2");
  await page.keyboard.press("Delete");
  await expect.poll(async () => (await config(playground)).primary_property.source).toEqual(["node"]);
  await expect.poll(() => focused(page)).toMatch(/^node, source 1 of 1/);
});

test("a tag becomes the primary, the secondary and neither by its menu", async ({ playground, page }) => {
  const form = await start(playground);
  const act = async (tag: string, item: string) => {
    await form.getByRole("button", { name: `Actions for the tag ${tag}` }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await act("zone", "Make primary");
  await expect(form.getByRole("group", { name: "Tag zone, primary" })).toBeVisible();
  const promoted = await config(playground);
  expect(promoted.primary_property.name).toBe("zone");
  expect(promoted.additional_attributes[0]).toEqual({
    name: "host",
    source: ["node", "address"],
    owner: "nobody knows this",
  });
  await expect.poll(() => focused(page)).toBe("Actions for the tag zone");

  await act("host", "Make secondary");
  await expect(form.getByRole("group", { name: "Tag host, secondary" })).toBeVisible();
  await act("host", "Not secondary");
  await expect(form.getByRole("group", { name: "Tag host", exact: true })).toBeVisible();
  await form.getByRole("button", { name: "Actions for the tag zone" }).click();
  await expect(page.getByRole("menuitem", { name: "Make secondary" }), "an alert needs a primary value").toBeDisabled();
  await page.keyboard.press("Escape");
  await expect.poll(() => focused(page)).toBe("Actions for the tag zone");
  expect((await config(playground)).secondary_property).toBeUndefined();
});

test("rows and chips are dragged", async ({ playground }) => {
  const form = await start(playground);
  await form
    .getByRole("button", { name: /^Tag note: / })
    .dragTo(form.getByRole("group", { name: "Tag zone" }), { targetPosition: { x: 90, y: 3 } });
  await expect
    .poll(async () => (await config(playground)).additional_attributes.map(({ name }) => name))
    .toEqual(["note", "zone"]);
  await form
    .getByRole("button", { name: /^down, value/ })
    .dragTo(form.getByRole("list", { name: "values for warning" }));
  await expect
    .poll(async () => (await config(playground)).status.status_map)
    .toEqual({ warning: ["down"], critical: [], ok: ["up"] });
  await expect(playground.cards.first()).toContainText("warning");
});

test("a value of the payload that no status has is offered", async ({ playground, page }) => {
  const form = await start(playground);
  await playground.write("Payload", PAYLOAD.replace("down", "flapping"));
  await form.getByRole("button", { name: "flapping" }).click();
  await page.getByRole("menuitem", { name: "means warning" }).click();
  await expect.poll(async () => (await config(playground)).status.status_map.warning).toEqual(["flapping"]);
  await expect(playground.cards.first()).toContainText("warning");
});

test("the status where no value matches is chosen, and taken back", async ({ playground }) => {
  const form = await start(playground);
  const otherwise = form.getByRole("combobox", { name: "Default status" });
  await expect(otherwise).toHaveValue("unknown");
  await otherwise.selectOption("ok");
  await expect.poll(async () => (await config(playground)).status.default_to).toBe("ok");
  await otherwise.selectOption("(none)");
  await expect.poll(async () => (await config(playground)).status.default_to).toBeUndefined();
  await expect(form).toContainText("No default is set, so BigPanda uses critical");
});

test("the time is a field with its reading, a pattern, and the receipt again", async ({ playground, page }) => {
  const form = await start(playground);
  await form.getByRole("radio", { name: "A field of the payload" }).check();
  await form.getByRole("combobox", { name: "Add a source to sources of the time" }).click();
  await page.keyboard.type("when");
  await page.keyboard.press("Enter");
  await expect(form).toContainText("2025-03-18 07:42:10 UTC");
  await form.getByRole("combobox", { name: "Format of the time" }).selectOption("epoch_milliseconds");
  await expect
    .poll(async () => (await config(playground)).timestamp)
    .toEqual({ source: ["when"], format: "epoch_milliseconds" });
  await form.getByRole("combobox", { name: "Format of the time" }).selectOption("pattern…");
  await expect(form.getByRole("textbox", { name: /^Pattern of the time/ })).toBeFocused();
  await form.getByRole("radio", { name: "Time of receipt" }).check();
  await expect.poll(async () => (await config(playground)).timestamp).toBeUndefined();
});

test("deduplication tags are the default until others are chosen, with BigPanda's warning", async ({
  playground,
  page,
}) => {
  const form = await start(playground);
  await unfold(form, "Identity tags");
  await form.getByRole("radio", { name: "These tags" }).check();
  await expect(form).toContainText("BigPanda recommends the default");
  await form.getByRole("combobox", { name: "Add a tag to tags that identify an alert" }).click();
  await page.keyboard.type("zone");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await config(playground)).incident_identifier).toEqual(["host", "zone"]);
  await form.getByRole("radio", { name: "Primary and secondary, as recommended" }).check();
  await expect.poll(async () => (await config(playground)).incident_identifier).toBeUndefined();
});

test("a problem stands at its rule, with its fix", async ({ playground }) => {
  const form = await start(playground, BODY.replace('"zone", "source"', '"Zone", "source"'));
  const row = form.getByRole("group", { name: "Tag Zone" });
  await expect(row).toContainText("Zone");
  await row.getByRole("button", { name: /^Fix:/ }).first().click();
  await expect.poll(() => playground.text("Configuration")).toBe(BODY);
});

test("broken text keeps the form in sight, says where it waits, and leads there", async ({ playground, page }) => {
  const form = await start(playground);
  await playground.write("Configuration", BODY.replace('"config": {', '"config": {,'));
  await playground.tab("Configuration", "Form");
  await expect(form).toContainText("The text is not valid JSON (line 2, column 14)");
  await expect(form.getByRole("textbox", { name: "Name of the tag host" })).toBeDisabled();
  await expect(form.getByRole("button", { name: /^node, source 1 of 2/ })).toBeVisible();
  await form.getByRole("button", { name: "Go there" }).click();
  await expect(playground.editor("Configuration")).toBeFocused();
  await page.keyboard.press("Delete");
  await playground.tab("Configuration", "Form");
  await expect(form.getByRole("textbox", { name: "Name of the tag host" })).toBeEnabled();
});

test("texts of all kinds are shown as far as they can be", async ({ playground }) => {
  const texts = [
    "",
    "{}",
    "[]",
    "null",
    '{"config": 5}',
    '{"config": {"primary_property": [{"name": "x"}], "version": "2.0"}}',
    '{"primary_property": {"source": "node"}, "status": [1]}',
  ];
  for (const text of texts) {
    const form = await start(playground, text === "" ? " " : text);
    await expect(form.getByRole("heading", { name: "Tags", exact: true })).toBeVisible();
  }
  const form = await start(playground, '{"primary_property": {"source": "node"}, "status": [1]}');
  await expect(form.getByRole("group", { name: "Tag node, primary" })).toBeVisible();
  await expect(form).toContainText("status is an array, not a rule");
});

test("the rule of what is looked at is marked", async ({ playground }) => {
  const form = await start(playground);
  const card = playground.cards.first();
  await form.getByRole("group", { name: "Tag zone" }).click({ position: { x: 200, y: 6 } });
  await expect(form.getByRole("group", { name: "Tag zone" })).toHaveClass(/chosen/);
  await playground.row(card, "note").getByRole("button", { name: "why? note" }).click();
  await card.getByRole("button", { name: /text/ }).first().click();
  await expect(form.getByRole("group", { name: "Tag note" })).toHaveClass(/chosen/);
});

test("what stands in where no source has a value is a field in sight", async ({ playground, page }) => {
  const form = await start(playground);
  const zone = form.getByRole("textbox", { name: "Default of the tag zone" });
  await expect(zone).toHaveAttribute("placeholder", "(none)");
  await zone.fill("unknown zone");
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await config(playground)).additional_attributes[0])
    .toEqual({ name: "zone", source: ["place.zone"], default_to: "unknown zone" });
  await zone.fill("");
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await config(playground)).additional_attributes[0])
    .toEqual({ name: "zone", source: ["place.zone"] });
});

test("sections are folded by keyboard, say what is in them, and open for what is looked at", async ({
  playground,
  page,
}) => {
  const form = await start(playground);
  const tags = form.getByRole("region", { name: "Tags", exact: true });
  const fold = tags.getByRole("button", { name: "Tags", exact: true });
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await fold.focus();
  await page.keyboard.press("Enter");
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await expect(fold).toBeFocused();
  await expect(tags).toContainText("host, zone, note");
  await expect(tags.getByRole("textbox")).toHaveCount(0);

  // Typing elsewhere leaves it folded; looking at one of its rules opens it.
  await playground.write("Payload", PAYLOAD.replace('"b"', '"west"'));
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  const card = playground.cards.first();
  await playground.row(card, "note").getByRole("button", { name: "why? note" }).click();
  await card.getByRole("button", { name: /text/ }).first().click();
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await expect(form.getByRole("group", { name: "Tag note" })).toHaveClass(/chosen/);
});

test("a folded section shows its number of errors, and all sections are folded at once", async ({
  playground,
  page,
}) => {
  const form = await start(playground, BODY.replace('"zone", "source"', '"Zone", "source"'));
  await form.getByRole("button", { name: "Fold all" }).click();
  await expect(form.getByRole("region", { name: "Tags", exact: true })).toContainText("1 error");
  await expect(form.getByRole("button", { expanded: true })).toHaveCount(0);
  let stops = 0;
  await form.getByRole("button", { name: "Unfold all" }).focus();
  for (let inForm = true; inForm && stops < 100; stops++) {
    await page.keyboard.press("Tab");
    inForm = await page.evaluate(() => {
      let active = document.activeElement;
      while (active && active.localName !== "oim-form") active = active.shadowRoot?.activeElement ?? null;
      return active !== null;
    });
  }
  expect(stops).toBeLessThan(15);
  await form.getByRole("button", { name: "Unfold all" }).click();
  await expect(form.getByRole("button", { expanded: false })).toHaveCount(0);
});

test("Tab reaches one chip of a list, the arrow keys all of them", async ({ playground, page }) => {
  const form = await start(playground);
  const first = form.getByRole("button", { name: /^node, source 1 of 2/ });
  await first.focus();
  await page.keyboard.press("ArrowRight");
  await expect(form.getByRole("button", { name: /^address, source 2 of 2/ })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect.poll(() => focused(page)).toBe("Add a source to sources of host");
  await page.keyboard.press("Shift+Tab");
  await expect(form.getByRole("button", { name: /^address, source 2 of 2/ })).toBeFocused();
});

test("the deduplication list offers the tags that alerts have, and marks a name that gives none", async ({
  playground,
  page,
}) => {
  const body = JSON.parse(BODY) as { config: Record<string, unknown> };
  Object.assign(body.config, {
    incident_identifier: ["host", "shelf"],
    additional_attributes: [
      { name: "zone", source: ["place.zone"] },
      { name: "place", source: ["place"], flatten: true },
      { name: "gone", source: ["no.such"] },
    ],
  });
  const payload = PAYLOAD.replace('{"zone": "b"}', '{"zone": "b", "floor": "4"}');
  const form = await start(playground, JSON.stringify(body), payload);
  const list = form.getByRole("list", { name: "tags that identify an alert" });
  await expect(list.getByRole("button", { name: /^shelf, tag 2 of 2, .*in no open payload$/ })).toBeVisible();
  await expect(list.getByRole("listitem").filter({ hasText: "shelf" })).toContainText("in no open payload");
  await expect(list.getByRole("listitem").filter({ hasText: "host" })).not.toContainText("in no open payload");

  await form.getByRole("combobox", { name: "Add a tag to tags that identify an alert" }).click();
  await expect(form.getByRole("option", { name: /^place_floor/ })).toContainText("4");
  await expect(form.getByRole("option", { name: /^gone/ })).toContainText("in no open payload");
  await expect(form.getByRole("option", { name: /^host/ })).toHaveCount(0);
  await page.keyboard.type("floor");
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await config(playground)).incident_identifier)
    .toEqual(["host", "shelf", "place_floor"]);
  await expect(list.getByRole("button", { name: /^place_floor, tag 3 of 3/ })).not.toHaveAccessibleName(
    /in no open payload/,
  );
});
