/** The schema as a file of its own. Compiled against the installed package, never run. */
import schema from "oim-config/schema/config.v1.json" with { type: "json" };
import second from "oim-config/schema/config.v2.json" with { type: "json" };

export const id: unknown = schema.$id;
export const other: unknown = second.$id;
