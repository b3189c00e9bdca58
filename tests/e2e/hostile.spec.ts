import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, Playground, test } from "./page.ts";

const BODY = JSON.stringify({
  config: {
    is_array: true,
    array_source: "alerts",
    status: { source: ["@alert.state"], default_to: "critical", status_map: { ok: ["up"] } },
    primary_property: { name: "host", source: ["@alert.host"] },
  },
  sample_payload: { alerts: [{ host: "h", state: "up" }] },
});

const many = (amount: number, text = "x") =>
  JSON.stringify({
    alerts: Array.from({ length: amount }, (_, index) => ({ host: `host-${index}`, state: "up", text })),
  });

test("a dead worker is replaced and the text kept", async ({ playground, page }) => {
  await playground.write("Configuration", BODY);
  const text = many(1);
  await playground.write("Payload", text);
  await expect(playground.cards.first()).toContainText("host-0");
  await page.workers()[0]?.evaluate(
    () =>
      void setTimeout(() => {
        throw new Error("made to fail");
      }),
  );
  await expect(page.getByText("The engine stopped and was restarted")).toBeVisible();
  expect(await playground.text("Payload")).toBe(text);
  await playground.write("Payload", text.replace("host-0", "host-9"));
  await expect(playground.cards.first()).toContainText("host-9");
});

test("of many alerts only those in view are drawn, and why? of a large payload", async ({ playground }) => {
  await playground.write("Configuration", BODY);
  await playground.write("Payload", many(2_000, "y".repeat(400)));
  await expect(playground.region("Alerts")).toContainText("2,000 alerts");
  const { cards } = playground;
  await expect(cards.first()).toHaveAttribute("aria-setsize", "2000");
  expect(await cards.count()).toBeLessThan(60);
  await cards.first().getByRole("button", { name: "why? host" }).click();
  await expect(cards.first().getByRole("list")).toContainText("@alert.host");
  await expect(playground.editor("Configuration").locator(".cm-oim-mark")).toHaveText('"@alert.host"');
  await cards.first().getByRole("heading").getByRole("button").press("End");
  await expect(cards.last()).toHaveAttribute("aria-posinset", "2000");
  await expect(cards.last().getByRole("heading").getByRole("button")).toBeFocused();
  await expect(cards.last()).toContainText("host-1999");
});

test("a value of a megabyte is shown in part", async ({ playground }) => {
  await playground.write("Configuration", BODY);
  await playground.write("Payload", JSON.stringify({ alerts: [{ host: "z".repeat(1_000_000), state: "up" }] }));
  await expect(playground.row(playground.cards.first(), "host")).toContainText("1,000,000 characters");
});

for (const [name, text, readable] of [
  ["a number", "7", true],
  ["an array", "[]", true],
  ["deep nesting", "[".repeat(5_000), false],
] as const) {
  test(`${name} instead of a configuration or payload is a problem, and the page lives on`, async ({ playground }) => {
    await playground.write("Configuration", text);
    await expect(playground.problems.filter({ hasText: "Configuration" }).first()).toContainText("error");
    await playground.write("Configuration", BODY);
    await playground.write("Payload", text);
    // What is JSON, but no payload for this configuration, is rejected as a whole.
    if (readable)
      await expect(playground.region("Alerts").getByRole("button", { name: /^The payload:/ })).toBeVisible();
    else await expect(playground.problems.filter({ hasText: "Payload" }).first()).toContainText("error");
    await playground.write("Payload", many(1));
    await expect(playground.cards.first()).toContainText("host-0");
    await expect(playground.problems.filter({ hasText: /^\s*error/ })).toHaveCount(0);
  });
}

test("an engine that cannot be loaded is no reason to lose a text", async ({ page }) => {
  // Not by the fixture: here a request must fail. A service worker would answer in place of the network.
  await page.addInitScript("delete Navigator.prototype.serviceWorker");
  const playground = new Playground(page);
  await page.route("**/worker*.js", (route) => route.abort());
  await page.goto(process.env.OIM_PAGE_URL ?? "");
  await expect(playground.region("Alerts")).toContainText("The engine stopped");
  await playground.write("Payload", '{"mine": true}');
  expect(await playground.text("Payload")).toBe('{"mine": true}');
  await page.unroute("**/worker*.js");
  await playground.write("Payload", many(1));
  await playground.write("Configuration", BODY);
  await expect(playground.cards.first()).toContainText("host-0");
});

test("neither the page nor its worker can send anything anywhere", async ({ page }) => {
  // Not by the fixture: here the console must complain.
  let reached = 0;
  const server = createServer((_, response) => {
    reached += 1;
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.end("reached");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    await page.goto(process.env.OIM_PAGE_URL ?? "");
    await expect(page.getByRole("article").first()).toBeVisible();
    const send = (url: string) =>
      fetch(url).then(
        () => "sent",
        () => "refused",
      );
    expect(await page.evaluate(send, elsewhere)).toBe("refused");
    expect(await page.workers()[0]?.evaluate(send, elsewhere)).toBe("refused");
    expect(reached).toBe(0);
  } finally {
    server.close();
  }
});

for (const [how, line] of [
  ["on one line", ""],
  ["on lines", "\n"],
] as const) {
  test(`JSON nested a hundred thousand levels deep, ${how}, is edited like any other`, async ({ playground, page }) => {
    const deep = (text: string) => `{"alerts": ${`[${line}`.repeat(100_000)}"${text}"${`${line}]`.repeat(100_000)}}`;
    await playground.write("Payload", deep("x"));
    await expect(playground.problems.first()).toContainText(/nest|deep/);
    // At its deepest value.
    await page.keyboard.press("Control+End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("1, ");
    expect(await playground.text("Payload")).toBe(`${deep("x").slice(0, -1)}1, }`);
    for (const _ of "1, ") await page.keyboard.press("Backspace");
    // The cursor rests, and what it points at is looked up.
    await page.keyboard.press("ArrowLeft");
    await page.waitForTimeout(400);
    await playground.write("Payload", '{"alerts": []}');
    await expect(playground.region("Alerts")).toContainText("no alerts");
  });
}
