/** The engine, packed by LZMA and in base64, put in by the build. Far smaller than the bare bytes in base64. */
declare const INLINE: string;

export default INLINE;
