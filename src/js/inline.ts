/** The engine: gzip in base64. The build replaces the name. */
declare const INLINE: string;

export default INLINE;
