/** Holds the code to the hand-written types; checked by the compiler, part of no bundle. */
import * as browser from "./browser.js";
import * as bundled from "./bundled.js";
import * as node from "./node.js";
import type * as Public from "./types.js";
import * as web from "./web.js";
import type * as PublicWeb from "./web.mjs";
import * as workerd from "./workerd.js";

// A `Program` is compared as an object: its constructor is public here and hidden there.
type Functions<T> = Omit<T, "Program">;

[node, bundled, browser, workerd] satisfies Functions<typeof Public>[];
web satisfies Functions<typeof PublicWeb>;
(program: node.Program) => program satisfies Public.Program;
