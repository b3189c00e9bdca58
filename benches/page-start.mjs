/** The start of the page on a processor that is four times slower: how long scripts keep it from answering. */
import { median, open, QUICK, row, title } from "./page-tools.mjs";

const LOADS = QUICK ? 3 : 7;
const SLOWER = 4;
/** Above it, a task is one that is felt. */
const MOST_MS = 50;
const TASK = /^(?:ThreadControllerImpl::)?RunTask$/;
/** What in a task is script, outermost. */
const SCRIPT = /^(?:v8\.(?:callFunction|evaluateModule|compileModule|callAsConstructor|newInstance)|AsyncTask Run)$/;

export async function start(browser, url) {
  const worst = [];
  const times = [];
  for (let load = 0; load < LOADS; load += 1) {
    const context = await browser.newContext({ serviceWorkers: "block" });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    const events = await traced(browser, async () => times.push(await open(page, url)));
    worst.push(Math.max(0, ...scriptTasks(events)));
    await context.close();
  }
  title(`Processor ${SLOWER} times slower, until the first alert, ${LOADS} loads`);
  row("first alert, p50", `${median(times).toFixed(0)} ms`);
  row("longest script in a task, p50", `${median(worst).toFixed(0)} ms`, `goal: under ${MOST_MS} ms`);
  row("longest script in a task, worst", `${Math.max(...worst).toFixed(0)} ms`);
}

async function traced(browser, act) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  const includedCategories = ["toplevel", "v8", "blink.user_timing", "disabled-by-default-devtools.timeline"];
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories } });
  await act();
  const ended = new Promise((done) => session.once("Tracing.tracingComplete", done));
  await session.send("Tracing.end");
  await ended;
  await session.detach();
  return events;
}

/** Milliseconds of script in each task before the first alert. In time of the thread, as others may use the machine. */
function scriptTasks(events) {
  const mark = events.find(({ name }) => name === "first-alert");
  const own = events
    .filter(({ pid, tid, ph, ts }) => pid === mark.pid && tid === mark.tid && ph === "X" && ts < mark.ts)
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  return own
    .filter(({ name }) => TASK.test(name))
    .map((task) => {
      let end = task.ts;
      let time = 0;
      for (const { name, ts, dur, tdur } of own) {
        if (ts < end || ts + dur > task.ts + task.dur || !SCRIPT.test(name)) continue;
        time += tdur ?? 0;
        end = ts + dur;
      }
      return time / 1000;
    });
}
