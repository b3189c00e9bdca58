import { writeFileSync } from "node:fs";
import { processPayload } from "oim-config";
import { expect, test } from "vitest";
import { body, payload } from "./example.mjs";

test("an alert", () => {
  const answer = processPayload(body, payload);
  expect(answer.alerts.length).toBeGreaterThan(0);
  writeFileSync("answer.json", JSON.stringify(answer));
});
