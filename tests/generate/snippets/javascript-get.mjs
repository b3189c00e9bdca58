// Retrieves the Open Integration Manager configuration of an integration from BigPanda.
// It is written to standard output: the configuration and its sample payload.
// BIGPANDA_ORG_TOKEN in the environment is the Org Token; BIGPANDA_API_URL replaces the
// address of BigPanda, for tests and proxies. Ends with 2 without a token, 1 on failure.
// Node 18 or newer; in a browser, set globalThis.env to an object with these variables first.

const HINTS = {
  401: "BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key.",
  404: "There is no integration with this app key, or it has no configuration yet.",
};

async function main(env) {
  const token = env.BIGPANDA_ORG_TOKEN ?? "";
  if (!/^[!-~]+$/.test(token)) {
    console.error("Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends.");
    return 2;
  }
  const base = env.BIGPANDA_API_URL || "https://integrations.bigpanda.io";
  const url = `${base}/configurations/alerts/oim/0f1e2d3c4b5a69788796a5b4c3d2e1f0`;
  let status;
  let answer;
  for (const pause of [1, 2, 4, 8, 0]) {
    try {
      const response = await fetch(url, {
        headers: { Authorization: `Bearer ${token}` },
        redirect: "error",
        signal: AbortSignal.timeout(60_000),
      });
      status = response.status;
      answer = await response.text();
    } catch (error) {
      console.error(`No answer from ${url}: ${error.cause?.message ?? error.message}`);
      return 1;
    }
    // 429 means more than 5 requests a second; nothing else is worth another try.
    if (status !== 429 || pause === 0) break;
    await new Promise((resolve) => setTimeout(resolve, pause * 1000));
  }
  if (status >= 200 && status < 300) {
    console.log(answer);
    return 0;
  }
  console.error(`BigPanda answered ${status}: ${answer}\n${HINTS[status] ?? ""}`);
  return 1;
}

const { process, env = {} } = globalThis;
const code = await main(process?.env ?? env);
if (process) process.exitCode = code;
