import { processPayload } from "oim-config";
import { body, payload } from "../example.mjs";
import Client from "./client.js";

export const dynamic = "force-dynamic";

export default function Page() {
  return (
    <main>
      <pre id="server">{JSON.stringify(processPayload(body, payload))}</pre>
      <Client />
    </main>
  );
}
