/** JSON Schema 2020-12 of a request body, the same as `schema` gives for its version. */
declare const schema: { readonly [keyword: string]: unknown };
export = schema;
