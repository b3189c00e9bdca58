import { expect, test } from "@playwright/test";
import { FILE_LIMIT, openFile, PAYLOADS_LIMIT, projectText } from "../../www/src/files/open.ts";
import type { Shared } from "../../www/src/share/link.ts";

const STATE: Shared = {
  payload: "{ not JSON \ud800",
  config: '{"config": {}}',
  additional: "map",
  request: { target: "go", region: "eu", mode: "update", sampleAs: "text" },
  view: { left: "form" },
};
const BODY = '{"config": {"primary_property": {"source": ["a"]}, "status": {}}, "sample_payload": {"a": 1}}';

const open = (content: BlobPart, name = "f.json") => openFile(new File([content], name));

test("all of a page in one file comes back", async () => {
  expect(await open(projectText(STATE))).toEqual({ kind: "project", name: "f.json", state: STATE });
  expect(projectText({ ...STATE, request: { ...STATE.request, appKey: "k" } as Shared["request"] })).not.toContain(
    '"k"',
  );
});

for (const [name, content, kind] of [
  ["a request body", BODY, "config"],
  ["a bare configuration", '{"primary_property": {"source": ["a"]}}', "config"],
  ["a curl command", "curl -X POST https://integrations.bigpanda.io -d '{}'", "text"],
] as const) {
  test(`${name} is taken for what it is`, async () =>
    expect(await open(content)).toEqual({ kind, name: "f.json", text: content }));
}

for (const [name, content, payloads] of [
  ["one payload", '{\n  "a": 1\n}', ['{\n  "a": 1\n}']],
  [
    "an alert with a tag of that name",
    '{"primary_property": "host", "tags": {}}',
    ['{"primary_property": "host", "tags": {}}'],
  ],
  ["JSON with a mistake", '{"a": }', ['{"a": }']],
  ["a byte order mark", '\ufeff{"a": 1}', ['{"a": 1}']],
  ["a line for each payload", '{"a": 1}\r\n\n[2]\n{"a": 1.0e0}\n', ['{"a": 1}', "[2]", '{"a": 1.0e0}']],
] as const) {
  test(`${name} gives ${payloads.length} as it stands`, async () => {
    expect(await open(content)).toEqual({ kind: "payloads", name: "f.json", payloads, broken: [] });
  });
}

test("broken lines are told by number, and the others are there", async () => {
  const opened = await open('{"a": 1}\n\n{"a": \n{"a": 2}\nnope');
  expect(opened).toMatchObject({ kind: "payloads", payloads: ['{"a": 1}', '{"a": 2}'] });
  if (opened.kind === "payloads") expect(opened.broken.map(({ line }) => line)).toEqual([3, 5]);
});

test("of too many lines the first are taken, and it is said", async () => {
  const opened = await open('{"a": 1}\n'.repeat(PAYLOADS_LIMIT + 5));
  expect(opened).toMatchObject({
    kind: "payloads",
    broken: [{ line: PAYLOADS_LIMIT + 1, message: "only the first 10,000 payloads are taken" }],
  });
});

for (const [name, content, message] of [
  ["nothing", "", "is empty"],
  ["spaces", " \n\t", "is empty"],
  ["a byte order mark alone", "\ufeff", "is empty"],
  ["Latin-1", Uint8Array.of(0x22, 0xe9, 0x22), "is not UTF-8"],
  ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0), "is not UTF-8 but UTF-16"],
  ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "is compressed"],
  ["an archive", Uint8Array.of(0x50, 0x4b, 3, 4, 0), "is an archive"],
  ["something with zeros", "a\0b", "is no text"],
  ["one document of 7 MB", `["${"x".repeat(7 * 1024 * 1024)}"]`, "holds one document of 7 MB"],
  ["a project of tomorrow", '{"oim-playground": 2, "payload": ""}', "newer version"],
  ["a project without its texts", '{"oim-playground": 1, "payload": 7}', "damaged"],
  ["half a project", '{"oim-playground": 1, "payload": "', "damaged"],
] as const) {
  test(`${name} is not opened and says why`, async () => {
    const opened = await open(content);
    expect(opened).toMatchObject({ kind: "problem", message: expect.stringContaining(message) as unknown });
    if (opened.kind === "problem") expect(opened.help).not.toBe("");
  });
}

test("a file that is far too large is not even read, and one that cannot be read says so", async () => {
  const large = {
    name: "l.json",
    size: FILE_LIMIT + 1,
    arrayBuffer: () => Promise.reject(new Error("read")),
  } as unknown as File;
  expect(await openFile(large)).toMatchObject({ kind: "problem", help: "Files of at most 64 MB are opened." });
  const folder = {
    name: "d",
    size: 4096,
    arrayBuffer: () => Promise.reject(new DOMException("", "NotFoundError")),
  } as unknown as File;
  expect(await openFile(folder)).toMatchObject({ kind: "problem", message: "d could not be read" });
});
