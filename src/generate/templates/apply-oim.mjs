// __ABOUT__
// Node 18 or newer; in a browser, set globalThis.env to an object with these variables first.

// Sent as it stands; only what is special in a template has a backslash before it.
const BODY = __BODY__;

const HINTS = {
  __STATUS__: "__HINT__",
};

async function main(env) {
  const token = env.BIGPANDA_ORG_TOKEN ?? "";
  if (!/^[!-~]+$/.test(token)) {
    console.error("Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends.");
    return 2;
  }
  // __EU_NOTE__
  const base = env.BIGPANDA_API_URL || "__BASE_URL__";
  const url = `${base}/configurations/alerts/oim/__APP_KEY__`;
  let status;
  let answer;
  for (const pause of [1, 2, 4, 8, 0]) {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: BODY,
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
    console.log(`BigPanda accepted the configuration (${status}).`);
    return 0;
  }
  console.error(`BigPanda answered ${status}: ${answer}\n${HINTS[status] ?? ""}`);
  return 1;
}

const { process, env = {} } = globalThis;
const code = await main(process?.env ?? env);
if (process) process.exitCode = code;
