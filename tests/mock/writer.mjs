/** A mock in a process of its own, to be killed: `node writer.mjs <folder>` prints its address. */
import { createMock } from "../../dist/mock.mjs";

const mock = await createMock({ data: process.argv[2], rate: 0 });
console.log(mock.url);
