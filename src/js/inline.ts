/** The engine, deflated and in base64, put in by the build. Half the size of the bare bytes in base64. */
declare const INLINE: string;

export default INLINE;
