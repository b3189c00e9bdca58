import { expect, type Playground, test } from "./page.ts";

const CONFIG = {
  status: { source: ["state"], status_map: { ok: ["up"], critical: ["down"] } },
  primary_property: { name: "host", source: ["node"] },
};
const BODY = JSON.stringify({ config: CONFIG, sample_payload: { node: "web-1", state: "down" } });
const PAYLOAD = '{"node": "web-1", "state": "down"}';
const LINES = '{"node": "web-1", "state": "down"}\n{"node": "db-2", "state": "up"}\n';

/** Opens files by the button, as their names and contents. */
async function openFiles({ page }: Playground, files: Record<string, string | Buffer>): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  const payloads = Object.entries(files).map(([name, content]) => ({
    name,
    mimeType: "application/octet-stream",
    buffer: Buffer.from(content),
  }));
  await (await chooser).setFiles(payloads);
}

/** Pastes where the focus is, or beside the editors. */
async function paste({ page }: Playground, text: string, file?: { name: string; type: string }): Promise<void> {
  await page.evaluate(
    ([text, file]) => {
      let target: Element = document.activeElement ?? document.body;
      while (target.shadowRoot?.activeElement) target = target.shadowRoot.activeElement;
      const clipboardData = new DataTransfer();
      if (text !== "") clipboardData.setData("text/plain", text);
      if (file) clipboardData.items.add(new File(["\x89PNG"], file.name, { type: file.type }));
      target.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }),
      );
    },
    [text, file] as const,
  );
}

async function begin({ page }: Playground): Promise<void> {
  await page.getByRole("button", { name: "Your payload" }).click();
}

for (const [what, text, config] of [
  ["a request body", BODY, BODY],
  ["a bare configuration", JSON.stringify(CONFIG), JSON.stringify(CONFIG)],
  ["a curl command with a request body", `curl -X POST https://x.test/oim \\\n  -d '${BODY}'`, BODY],
  ["an answer of the API", `HTTP/2 200\ncontent-type: application/json\n\n${BODY}`, BODY],
] as const) {
  test(`${what} that is pasted as the payload goes to the configuration`, async ({ playground, page }) => {
    await begin(playground);
    await paste(playground, text);
    await expect(page.getByText(/is in Configuration now\.$/)).toBeVisible();
    expect(await playground.text("Configuration")).toBe(config);
    expect(await playground.text("Payload")).toBe("");
    await page.getByRole("group", { name: "History" }).getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => playground.text("Configuration")).toBe("");
  });
}

test("the payload of a curl command is taken out of it", async ({ playground, page }) => {
  await begin(playground);
  await paste(playground, `curl https://api.x.test/alerts -H 'Content-Type: application/json' -d '${PAYLOAD}'`);
  await expect(page.getByText("The payload of the curl command is in Payload now.")).toBeVisible();
  expect(await playground.text("Payload")).toBe(PAYLOAD);
});

test("lines of JSON are several payloads", async ({ playground, page }) => {
  await playground.write("Configuration", BODY);
  await begin(playground);
  await page.getByRole("group", { name: "History" }).getByRole("button", { name: "Undo" }).click();
  await playground.write("Payload", LINES);
  await expect(page.getByText(/^2 payloads are open/)).toBeVisible();
  const stepper = page.getByRole("group", { name: "Payloads" });
  await expect(stepper).toContainText("pasted, line 1");
  await stepper.getByRole("button", { name: "Next payload" }).click();
  await expect(stepper).toContainText("pasted, line 2");
  await expect(playground.cards.first()).toContainText("db-2");
});

test("JSON texts one behind the other are several payloads", async ({ playground, page }) => {
  for (const text of ['{"a": "}{"} {"b": 2}', '{\n  "a": 1\n}\n{\n  "b": 2\n}\n']) {
    await playground.write("Payload", text);
    const stepper = page.getByRole("group", { name: "Payloads" });
    await expect(stepper).toContainText("pasted, payload 1");
    await stepper.getByRole("button", { name: "Next payload" }).click();
    await expect(stepper).toContainText("pasted, payload 2");
    expect(JSON.parse(await playground.text("Payload"))).toEqual({ b: 2 });
  }
  await playground.write("Payload", '{"a": 1} {"b": 2} x');
  await expect(playground.problems.filter({ hasText: "these are several payloads" })).toHaveCount(1);
});

test("a payload and a configuration are taken out of a code block", async ({ playground, page }) => {
  await playground.write("Payload", `\`\`\`json\n${PAYLOAD}\n\`\`\`\n`);
  await expect(page.getByText("The payload of the code block is in Payload now.")).toBeVisible();
  expect((await playground.text("Payload")).trim()).toBe(PAYLOAD);
  await playground.write("Payload", `\`\`\`\n${BODY}\n\`\`\``);
  await expect(page.getByText("The configuration in this text is in Configuration now.")).toBeVisible();
  expect(await playground.text("Configuration")).toBe(BODY);
});

test("a payload is pasted beside the editors, too, and a fragment stays a fragment", async ({ playground, page }) => {
  await playground.write("Configuration", BODY);
  await page.getByRole("heading", { level: 1 }).click();
  await paste(playground, PAYLOAD);
  await expect.poll(() => playground.text("Payload")).toBe(PAYLOAD);
  await playground.editor("Payload").click();
  await page.keyboard.press("Control+End");
  await paste(playground, " curl");
  await expect.poll(() => playground.text("Payload")).toBe(`${PAYLOAD} curl`);
});

test("a clipboard with an image says what to copy instead", async ({ playground, page }) => {
  const before = await playground.text("Payload");
  await playground.editor("Payload").click();
  await paste(playground, "", { name: "shot.png", type: "image/png" });
  await expect(page.getByText("The clipboard holds an image. Copy the JSON as text.")).toBeVisible();
  expect(await playground.text("Payload")).toBe(before);
});

test("files are opened for what they are, and each payload has its name", async ({ playground, page }) => {
  await openFiles(playground, { "down.json": PAYLOAD, "body.json": BODY, "more.ndjson": LINES });
  await expect(
    page.getByText(/^3 payloads are open: .* body\.json is a configuration: it is in Configuration now\.$/),
  ).toBeVisible();
  const stepper = page.getByRole("group", { name: "Payloads" });
  await expect(stepper).toContainText("down.json");
  await expect(stepper).toContainText("1 of 3");
  await stepper.getByRole("button", { name: "Next payload" }).click();
  await expect(stepper).toContainText("more.ndjson, line 1");
  expect(await playground.text("Configuration")).toBe(BODY);
});

test("two hundred files at once, and some that are no text", async ({ playground, page }) => {
  const files = Object.fromEntries(
    Array.from({ length: 195 }, (_, at) => [`payload-${at}.json`, PAYLOAD.replace("web-1", `web-${at}`)]),
  );
  const pictures = Object.fromEntries(
    Array.from({ length: 5 }, (_, at) => [`shot-${at}.png`, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff])]),
  );
  await playground.write("Configuration", BODY);
  await openFiles(playground, { ...files, ...pictures });
  await expect(
    page.getByText(/^195 payloads are open: .*shot-0\.png is not UTF-8 text.* 2 more files could not be opened\.$/),
  ).toBeVisible();
  await expect(page.getByRole("group", { name: "Payloads" })).toContainText("1 of 195");
  await expect(playground.cards.first()).toContainText("web-0");
});

test("two configurations that are opened are compared", async ({ playground, page }) => {
  await playground.write("Payload", PAYLOAD);
  await openFiles(playground, { "old.json": BODY, "new.json": BODY.replace('["node"]', '["state"]') });
  await expect(page.getByText("new.json is in Configuration now, compared with old.json.")).toBeVisible();
  const compare = playground.region("Compare");
  await expect(compare).toContainText("1 alert would count as different");
  await expect(compare.getByRole("combobox", { name: "Compare with" })).toHaveValue("1");
  await expect(compare.getByRole("option", { name: "old.json" })).toHaveCount(1);
});

test("a configuration is compared as opened, as kept, and with a file", async ({ playground, page }) => {
  await playground.write("Payload", PAYLOAD);
  await openFiles(playground, { "body.json": BODY });
  await playground.tab("Result", "Compare");
  const compare = playground.region("Compare");
  const choice = compare.getByRole("combobox", { name: "Compare with" });
  await expect(compare).toContainText("Configuration:");

  await compare.getByRole("button", { name: "Keep this one" }).click();
  await expect(compare).toContainText("The two configurations are the same.");
  await expect(compare.getByRole("option", { name: /^as kept at \d/ })).toHaveJSProperty("selected", true);

  const chooser = page.waitForEvent("filechooser");
  await compare.getByRole("button", { name: "Open a file…" }).click();
  const buffer = Buffer.from(BODY.replace('"down"', '"down", "gone"'));
  await (await chooser).setFiles([{ name: "other.json", mimeType: "application/json", buffer }]);
  await expect(compare.getByRole("option", { name: "other.json" })).toHaveJSProperty("selected", true);
  await expect(compare).toContainText("Configuration: 1 difference");

  await choice.selectOption({ label: "as opened" });
  await expect(compare).not.toContainText("Configuration: 1 difference");
});

test("a file to compare with that is no configuration says so", async ({ playground, page }) => {
  await playground.tab("Result", "Compare");
  const chooser = page.waitForEvent("filechooser");
  await playground.region("Compare").getByRole("button", { name: "Open a file…" }).click();
  const buffer = Buffer.from(PAYLOAD);
  await (await chooser).setFiles([{ name: "payload.json", mimeType: "application/json", buffer }]);
  await expect(page.getByText("payload.json is no configuration.")).toBeVisible();
});

test("a text is formatted with its values unchanged, as one step", async ({ playground, page }) => {
  const text = '{"id":12345678901234567890,"b":[],"c":{"x":1.0e0, "y" : "a \\u00e9"},"c":[1,2]}';
  await playground.write("Payload", text);
  await page.getByRole("button", { name: "Format the payload" }).click();
  expect(await playground.text("Payload")).toBe(
    '{\n  "id": 12345678901234567890,\n  "b": [],\n  "c": {\n    "x": 1.0e0,\n    "y": "a \\u00e9"\n  },\n  "c": [\n    1,\n    2\n  ]\n}',
  );
  await page.getByRole("group", { name: "History" }).getByRole("button", { name: "Undo" }).click();
  expect(await playground.text("Payload")).toBe(text);
  await playground.write("Payload", '{"a": ');
  await page.getByRole("button", { name: "Format the payload" }).click();
  await expect(page.getByText("Only valid JSON can be formatted. Fix the error first.")).toBeVisible();
});

for (const [what, text, fixed] of [
  ["commas before closing brackets", '{"node": "a", "state": ["up",],}', '{"node": "a", "state": ["up"]}'],
  ["comments", '{"node": "a" /* b */} // c', '{"node": "a" } '],
  ["single quotes", "{'node': 'it''s'}".replace("''", "\\'"), '{"node": "it\'s"}'],
  ["line ends in strings", '{"node": "a\nb\tc"}', '{"node": "a\\nb\\tc"}'],
  ["words of Python", "{'node': None, 'state': True}", '{"node": null, "state": true}'],
] as const) {
  test(`${what} in a payload are fixed by one click`, async ({ playground }) => {
    await playground.write("Payload", text);
    await playground.problems
      .getByRole("button", { name: /^Fix: / })
      .first()
      .click();
    await expect.poll(() => playground.text("Payload")).toBe(fixed);
    await expect(playground.problems.filter({ hasText: "json-syntax" })).toHaveCount(0);
  });
}
