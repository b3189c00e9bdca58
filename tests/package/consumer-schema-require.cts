/** The schema as a file of its own, for CommonJS. Compiled against the installed package, never run. */
import schema = require("oim-config/schema/config.v1.json");

export const id: unknown = schema.$id;
