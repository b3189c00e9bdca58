import { processPayload } from "oim-config";
import { body, payload } from "./example.mjs";

export default {
  fetch: () => Response.json(processPayload(body, payload)),
};
