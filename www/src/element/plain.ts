/** In place of the engine without SIMD, to which there is no way from a worker whose code is text: nothing is changed. */
export default (engine: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => engine;
