/**
 * The package, together with a look at what it keeps to itself: every engine instance that it starts. For tests of
 * memory and of recovery; import nothing else of the package beside it.
 */
const { Instance } = WebAssembly;

/** The exports of each instance, in the order in which they were started. */
export const instances = [];

/** Makes the export `name` of the present instance trap when it is called the next time, and only then. */
export function trapNextCallOf(name) {
  armed = name;
}
let armed;

WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    const wrapped = {};
    for (const [name, value] of Object.entries(super.exports)) {
      wrapped[name] =
        typeof value !== "function"
          ? value
          : (...args) => {
              if (armed !== name) return value(...args);
              armed = undefined;
              return trap(super.exports.memory);
            };
    }
    Object.defineProperty(this, "exports", { value: wrapped });
    instances.push(wrapped);
  }
};

/** A real trap, raised by a module of one instruction, after the memory was left in a bad state. */
function trap(memory) {
  new Uint8Array(memory.buffer).fill(0xee);
  // prettier-ignore
  const code = Uint8Array.of(
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0, // header
    1,
    4,
    1,
    0x60,
    0,
    0, // type: () -> ()
    3,
    2,
    1,
    0, // one function of it
    7,
    5,
    1,
    1,
    0x66,
    0,
    0, // exported as "f"
    10,
    5,
    1,
    3,
    0,
    0,
    0x0b, // body: unreachable
  );
  new Instance(new WebAssembly.Module(code)).exports.f();
}

export const api = await import("../../dist/node.mjs");
