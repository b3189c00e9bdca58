import { processPayload } from "oim-config";
import { body, payload } from "../../example.mjs";

export const dynamic = "force-dynamic";

export function GET() {
  return Response.json(processPayload(body, payload));
}
