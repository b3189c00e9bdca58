export declare function compactStyles(code: string): Promise<string>;
