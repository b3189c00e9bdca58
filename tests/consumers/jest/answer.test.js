const { writeFileSync } = require("node:fs");
const { processPayload } = require("oim-config");
const { body, payload } = require("./example.cjs");

test("an alert", () => {
  const answer = processPayload(body, payload);
  expect(answer.alerts.length).toBeGreaterThan(0);
  writeFileSync("answer.json", JSON.stringify(answer));
});
