import { init, processPayload } from "oim-config";
import { body, payload } from "./example.mjs";

init().then(() => {
  const answer = document.createElement("pre");
  answer.id = "answer";
  answer.textContent = JSON.stringify(processPayload(body, payload));
  document.body.append(answer);
});
