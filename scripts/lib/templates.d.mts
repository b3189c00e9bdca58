export declare function compactTemplates(code: string): Promise<string>;
