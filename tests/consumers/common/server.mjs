import { processPayload } from "oim-config";
import { body, payload } from "./example.mjs";

console.log(JSON.stringify(processPayload(body, payload)));
