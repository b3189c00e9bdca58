/** BigPanda's API for one test after another: it writes down what arrives and answers as the test asks. */
import { createServer } from "node:http";

/** Answers: a status and a body. `hangUp` ends the connection without one. */
export const OK = { status: 200, body: '{"config":{},"sample_payload":""}' };
export const hangUp = { status: 0 };
export const failure = (status, ...errors) => ({ status, body: JSON.stringify({ status, errors }) });

/** Starts it. `scenario(answers)` gives an address of its own and the list of requests to it; the last answer stays. */
export async function startApi() {
  const scenarios = [];
  const server = createServer((request, response) => {
    const [, number, ...path] = request.url.split("/");
    const scenario = scenarios[number];
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("error", () => {});
    request.on("end", () => {
      if (scenario === undefined) return response.writeHead(500).end("no such scenario");
      const { requests, answers } = scenario;
      const { method, headers } = request;
      requests.push({ method, path: `/${path.join("/")}`, headers, body: Buffer.concat(chunks), at: Date.now() });
      const { status, body, location } = answers[Math.min(requests.length, answers.length) - 1];
      if (status === 0) return request.socket.destroy();
      const more = location === undefined ? {} : { location };
      response.writeHead(status, { "content-type": "application/json", connection: "close", ...more }).end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    scenario(answers) {
      const requests = [];
      const number = scenarios.push({ answers, requests }) - 1;
      return { url: `http://127.0.0.1:${port}/${number}`, requests };
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
