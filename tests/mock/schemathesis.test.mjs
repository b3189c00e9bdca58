/** Schemathesis makes requests from the document, good ones and bad ones, and looks at the answers. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { findSchemathesis } from "../../scripts/schemathesis.mjs";
import { withMock } from "./support.mjs";

const CHECKS = [
  ...["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"],
  ...[
    "response_headers_conformance",
    "allow_header_conformance",
    "unsupported_method",
    "ignored_auth",
    "negative_data_rejection",
  ],
];
/** How long it may look, in seconds. */
const TIME = 45;

/** It keeps what it found in the folder in which it runs. */
const folder = mkdtempSync(join(tmpdir(), "oim-schemathesis-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const program = await findSchemathesis();
const skip = program === undefined && "not run: Schemathesis is not there and could not be installed";

test("Schemathesis finds nothing", { skip, timeout: 6 * TIME * 1000 }, async (context) => {
  await withMock({ bodyLimit: 50_000, tokens: ["token"] }, async ({ url }) => {
    const args = [
      "run",
      `${url}/openapi.json`,
      "--checks",
      CHECKS.join(","),
      "--header",
      "Authorization: Bearer token",
    ];
    // The same requests in every run; another seed looks elsewhere.
    args.push("--seed", process.env.OIM_SEED ?? "1");
    args.push(
      "--phases",
      "examples,coverage,fuzzing",
      "--max-time",
      String(TIME),
      "--continue-on-failure",
      "--no-color",
    );
    const child = spawn(program, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    const code = await new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));
    assert.equal(code, 0, output);
    const [generated, count] = /(\d+) generated/.exec(output) ?? ["", "0"];
    assert.ok(Number(count) > 200, output);
    context.diagnostic(generated);
  });
});
