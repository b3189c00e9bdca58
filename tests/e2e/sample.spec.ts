/** The section of the form that says what the sample lacks, and how it gets it. */
import type { Locator } from "@playwright/test";
import { expect, type Playground, test } from "./page.ts";

const BODY = {
  config: {
    status: { source: ["state"], default_to: "unknown", status_map: { critical: ["down"], ok: ["up"] } },
    primary_property: { name: "host", source: ["node"] },
    secondary_property: { name: "check", source: ["test"] },
    additional_attributes: [
      { name: "zone", source: ["place.zone"] },
      { name: "room", source: ["place.room", "place.zone"] },
    ],
  },
  sample_payload: { node: "n", test: "t", state: "down" },
};

async function start(playground: Playground, payload: unknown, body: unknown = BODY): Promise<Locator> {
  await playground.write("Payload", JSON.stringify(payload));
  await playground.write("Configuration", JSON.stringify(body));
  await playground.tab("Configuration", "Form");
  return section(playground);
}

/** The section, open. */
async function section({ page }: Playground): Promise<Locator> {
  const form = page.getByRole("region", { name: "Form", exact: true });
  const fold = form.getByRole("button", { name: "Sample", exact: true });
  await expect(fold).toBeVisible();
  if ((await fold.getAttribute("aria-expanded")) === "false") await fold.click();
  return form.getByRole("region", { name: "Sample", exact: true });
}

async function sample(playground: Playground): Promise<unknown> {
  return (JSON.parse(await playground.text("Configuration")) as typeof BODY).sample_payload;
}

test("the sample is compared with the payload, and becomes it at a click", async ({ playground, page }) => {
  const payload = { state: "up", node: "n", test: "t", place: { zone: "z", room: "r" } };
  const form = await start(playground, payload);
  await expect(form.getByRole("status")).toHaveText("The sample differs from the payload.");
  const use = form.getByRole("button", { name: "Use payload as sample" });
  await use.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status", { name: "Message" })).toContainText("The payload is now the sample");
  expect(await sample(playground)).toEqual(payload);
  await expect(form.getByRole("status")).toHaveText("The sample is the same as the payload.");
  await expect(form.getByRole("list", { name: "Fields that the sample lacks" })).toHaveCount(0);
  await expect(use).toBeDisabled();
  await expect(use).toBeFocused();
  // Layout and order mean nothing, digits do.
  await playground.write("Payload", '{"place": {"room": "r", "zone": 1.0}, "test": "t", "node": "n", "state": "up"}');
  await expect(form.getByRole("status")).toHaveText("The sample differs from the payload.");
  await playground.write("Payload", '{"place": {"room": "r", "zone": "z"},\n "test": "t", "node": "n", "state": "up"}');
  await expect(form.getByRole("status")).toHaveText("The sample is the same as the payload.");
});

test("each field that it lacks is listed once, and added at a click", async ({ playground, page }) => {
  const form = await start(playground, BODY.sample_payload);
  const list = form.getByRole("list", { name: "Fields that the sample lacks" });
  await expect(list.getByRole("listitem")).toHaveText([/^place\.zone/, /^place\.room/]);
  await list.getByRole("button", { name: "Add the field: place.zone" }).click();
  await expect(list.getByRole("listitem")).toHaveText([/^place\.room/]);
  expect(await sample(playground)).toEqual({ ...BODY.sample_payload, place: { zone: "example" } });
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  expect(await sample(playground)).toEqual(BODY.sample_payload);
  await expect(list.getByRole("listitem")).toHaveCount(2);
});

test("a field of the time is added to the first of several alerts", async ({ playground }) => {
  const body = JSON.parse(await playground.text("Configuration")) as { sample_payload: { alerts: unknown[] } };
  const alerts = body.sample_payload.alerts as { startsAt?: string }[];
  for (const alert of alerts) delete alert.startsAt;
  const form = await start(playground, body.sample_payload, body);
  await form.getByRole("button", { name: "Add the field: @alert.startsAt" }).click();
  await expect(form.getByRole("list", { name: "Fields that the sample lacks" })).toHaveCount(0);
  await expect
    .poll(() => sample(playground))
    .toMatchObject({ alerts: [{ startsAt: "2026-01-01T00:00:00Z" }, { status: "resolved" }] });
  await expect(playground.problems.filter({ hasText: "@alert.startsAt" })).toHaveCount(0);
});

test("it is completed from all payloads as one step", async ({ playground, page }) => {
  await playground.write("Configuration", JSON.stringify(BODY));
  const payloads = [
    { node: "a", test: "ping", state: "up" },
    { node: "b", state: "down", place: { zone: "west" } },
  ];
  const buffer = Buffer.from(payloads.map((payload) => JSON.stringify(payload)).join("\n"));
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "events.ndjson", mimeType: "application/x-ndjson", buffer });
  await expect(page.getByRole("group", { name: "Payloads" })).toContainText("1 of 2");
  await playground.tab("Configuration", "Form");
  const form = await section(playground);
  await form.getByRole("button", { name: "Complete from all payloads" }).click();
  await expect
    .poll(() => sample(playground))
    .toEqual(expect.objectContaining({ node: expect.any(String), test: "ping", place: { zone: "west" } }));
  await expect(page.getByRole("status", { name: "Message" })).toContainText(
    "The sample is now put together from 2 payloads. No payload has place.room.",
  );
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  expect(await sample(playground)).toEqual(BODY.sample_payload);
});

test("a sample that is written as text, a blank one, and none are distinguished", async ({ playground }) => {
  const payload = BODY.sample_payload;
  let form = await start(playground, payload, { ...BODY, sample_payload: JSON.stringify(payload) });
  await expect(form.getByRole("status")).toHaveText("The sample is the same as the payload.");
  form = await start(playground, payload, { ...BODY, sample_payload: "" });
  await expect(form.getByRole("status")).toHaveText("The sample is blank.");
  form = await start(playground, payload, { config: BODY.config });
  await expect(form.getByRole("status")).toHaveText("There is no sample yet.");
  await form.getByRole("button", { name: "Use payload as sample" }).click();
  expect(await sample(playground)).toEqual(payload);
  form = await start(playground, payload, BODY.config);
  await expect(form.getByRole("status")).toContainText("bare configuration");
  await expect(form.getByRole("button", { name: "Use payload as sample" })).toHaveCount(0);
});

test("both buttons say why the payload cannot become the sample, and change nothing", async ({ playground, page }) => {
  const messages = page.getByRole("region", { name: "Messages" });
  const said = messages.getByRole("status").or(messages.getByRole("alert")).filter({ hasText: /\w/ });
  const undo = page.getByRole("group", { name: "History" }).getByRole("button", { name: "Undo" });
  const check = async (form: Locator, text: string) => {
    const config = await playground.text("Configuration");
    for (const button of [playground.useAsSample, form.getByRole("button", { name: "Use payload as sample" })]) {
      await expect(button).toBeDisabled();
      await button.press("Enter");
      await expect(said).toHaveText(text);
      await expect(button).toBeFocused();
      await page.getByRole("button", { name: "Close the message" }).click();
    }
    expect(await playground.text("Configuration")).toBe(config);
  };
  await check(await section(playground), "The sample is already this payload.");
  await expect(undo).toBeDisabled();
  await playground.write("Payload", "{");
  await check(
    await section(playground),
    "The payload cannot be read, so it cannot be the sample. Fix the error first.",
  );
  await playground.write("Payload", " ");
  await check(await section(playground), "There is no payload yet.");
  await page.getByRole("button", { name: "Your payload" }).click();
  await check(
    await section(playground),
    "There is no configuration yet, so there is nothing that could have a sample.",
  );
});
