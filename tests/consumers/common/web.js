import { init, processPayload } from "oim-config/web";
import { body, payload } from "./example.mjs";

init().then(() => {
  const answer = document.createElement("pre");
  answer.id = "answer";
  answer.textContent = JSON.stringify(processPayload(body, payload));
  document.body.append(answer);
});
