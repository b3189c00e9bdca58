import "oim-config/element";
import { body, payload } from "./example.mjs";

const element = document.createElement("oim-playground");
element.payload = payload;
element.config = body;
element.addEventListener(
  "oim-result",
  ({ detail: { valid, alertCount, rejectedCount } }) => {
    const answer = document.createElement("pre");
    answer.id = "answer";
    answer.textContent = JSON.stringify({ valid, alertCount, rejectedCount });
    document.body.append(answer);
  },
  { once: true },
);
document.body.append(element);
