import { expect, test } from "@playwright/test";
import { importBody, inspect } from "../../dist/node.mjs";
import { FILE_LIMIT, openFile, projectText } from "../../www/src/files/open.ts";
import { PAYLOADS_LIMIT, type TextReader } from "../../www/src/files/understand.ts";
import type { Shared } from "../../www/src/share/link.ts";

const STATE: Shared = {
  payload: "{ not JSON \ud800",
  config: '{"config": {}}',
  additional: "map",
  request: { target: "go", region: "eu", mode: "update", sampleAs: "text" },
  view: { left: "form" },
};
const BARE = '{"primary_property": {"source": ["a"]}, "status": {"source": ["s"]}}';
const BODY = '{"config": {"primary_property": {"source": ["a"]}, "status": {}}, "sample_payload": {"a": 1}}';

const READER: TextReader = {
  inspect: async (text) => inspect(text),
  bodyIn: async (text) => importBody(text).text,
};

const open = (content: BlobPart, name = "f.json") => openFile(new File([content], name), READER);

test("all of a page in one file comes back", async () => {
  expect(await open(projectText(STATE))).toEqual({ kind: "project", name: "f.json", state: STATE });
  expect(projectText({ ...STATE, request: { ...STATE.request, appKey: "k" } as Shared["request"] })).not.toContain(
    '"k"',
  );
});

for (const [name, content, text, within] of [
  ["a request body", BODY, BODY, null],
  ["a bare configuration", BARE, BARE, null],
  ["a configuration with a mistake", `${BARE.slice(0, -1)},}`, `${BARE.slice(0, -1)},}`, null],
  ["a curl command with a request body", `curl -X POST https://x.test/oim -d '${BODY}'`, BODY, "command"],
  ["a curl command with a bare configuration", `$ curl https://x.test -d '${BARE}'`, `{"config": ${BARE}}`, "command"],
  ["an answer of the API with its head", `HTTP/2 200\n\n${BODY}`, BODY, "answer"],
] as const) {
  test(`${name} is a configuration`, async () =>
    expect(await open(content)).toEqual({ kind: "config", name: "f.json", text, within }));
}

test("the payload of a curl command is found", async () => {
  expect(await open(`curl https://api.x.test/alerts -H 'A: b' -d '{"host": "it'\\''s"}'`)).toEqual({
    kind: "payloads",
    name: "f.json",
    payloads: [{ text: '{"host": "it\'s"}', name: "f.json" }],
    broken: [],
    within: "command",
  });
});

for (const [name, content] of [
  ["one payload", '{\n  "a": 1\n}'],
  ["an alert with a tag of that name", '{"primary_property": "host", "tags": {}}'],
  ["JSON with a mistake", '{"a": }'],
  ["data as Python prints it", "{'a': None}"],
  ["a byte order mark", '\ufeff{"a": 1}'],
] as const) {
  test(`${name} is a payload as it stands`, async () => {
    const payloads = [{ text: content.replace("\ufeff", ""), name: "f.json" }];
    expect(await open(content)).toEqual({ kind: "payloads", name: "f.json", payloads, broken: [], within: null });
  });
}

test("each line is a payload, named by its number", async () => {
  expect(await open('{"a": 1}\r\n\n[2]\n{"a": 1.0e0}\n')).toMatchObject({
    payloads: [
      { text: '{"a": 1}', name: "f.json, line 1" },
      { text: "[2]", name: "f.json, line 3" },
      { text: '{"a": 1.0e0}', name: "f.json, line 4" },
    ],
    broken: [],
  });
});

test("broken lines are reported by number, and the others are there", async () => {
  const opened = await open('{"a": 1}\n\n{"a": \n{"a": 2}\nnope');
  expect(opened).toMatchObject({ kind: "payloads", payloads: [{ text: '{"a": 1}' }, { text: '{"a": 2}' }] });
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
  ["Latin-1", Uint8Array.of(0x22, 0xe9, 0x22), "is not UTF-8 text"],
  ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a), "is not UTF-8 text"],
  ["prose", "Dear colleagues,\nthe payload is attached.", "is neither a payload nor a configuration"],
  ["a curl command without data", "curl -d @payload.json https://x.test", "is neither a payload nor a configuration"],
  ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0), "is UTF-16"],
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
  expect(await openFile(large, READER)).toMatchObject({ kind: "problem", help: "Files of at most 64 MB are opened." });
  const folder = {
    name: "d",
    size: 4096,
    arrayBuffer: () => Promise.reject(new DOMException("", "NotFoundError")),
  } as unknown as File;
  expect(await openFile(folder, READER)).toMatchObject({ kind: "problem", message: "d could not be read" });
});
