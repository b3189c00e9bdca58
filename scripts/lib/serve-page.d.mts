/** Serves the built page on this port or the next free one; on any free one for 0. `close` ends every connection. */
export function servePage(port: number): Promise<{ url: string; close(): Promise<void> }>;
