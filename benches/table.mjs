/** Prints rows as one table, and what was reached of the goals. */
import { goalOf, isMet } from "./goals.mjs";

const HEAD = ["what", "job", "against", "theirs", "ours", "ratio", "p10 – p90", "rounds", "goal"];
const NUMBERS = new Set([3, 4, 5, 6, 7]);

/** Adds to each row its goal and whether it was met. */
export function judged(rows) {
  return rows.map((row) => {
    const goal = goalOf(row);
    return { ...row, goal, met: goal === null ? null : isMet(goal, row.grown ? row.ours : row.median) };
  });
}

export function print(rows, title) {
  const lines = rows.map((row) => [
    row.bytes === undefined ? row.what : `${row.what} (${size(row.bytes)})`,
    row.job,
    row.against,
    figure(row.theirs, row),
    figure(row.ours, row),
    ratio(row),
    row.rounds > 1 ? `${number(row.p10)} – ${number(row.p90)}` : "",
    String(row.rounds),
    goalText(row),
  ]);
  // What repeats the line before it is left out.
  const shown = lines.map((line, i) =>
    line.map((cell, column) => (column === 0 && cell === lines[i - 1]?.[0] ? "" : cell)),
  );
  const table = [HEAD, ...shown];
  const widths = HEAD.map((_, column) => Math.max(...table.map((line) => line[column].length)));
  console.log(`${title}\n`);
  for (const line of table) {
    console.log(
      line
        .map((cell, i) => (NUMBERS.has(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
        .join("  ")
        .trimEnd(),
    );
  }
  const goals = rows.filter(({ goal }) => goal !== null);
  if (goals.length === 0) return;
  const missed = goals.filter(({ met }) => !met);
  console.log(
    `\n${goals.length - missed.length} of ${goals.length} goals reached${missed.length > 0 ? "; missed:" : ""}`,
  );
  for (const row of missed)
    console.log(`  ${row.what}: ${row.job}, against ${row.against}: ${ratio(row)}, ${goalText(row)}`);
}

function ratio(row) {
  if (row.grown) return `${figure(row.ours, row)}`;
  return `${number(row.median)} ${{ faster: "× faster", "as long": "× as long", growth: "× as long", memory: "× as much" }[row.kind]}`;
}

function goalText({ goal, met, grown }) {
  if (goal === null) return "";
  const bound = goal.least === undefined ? `≤ ${goal.most}` : `≥ ${goal.least}`;
  return `${bound}${grown ? " MB" : ""} ${met ? "reached" : "missed"}`;
}

function figure(value, { kind }) {
  if (kind === "memory") return `${value.toFixed(1)} MB`;
  return value < 1 ? `${(value * 1000).toFixed(1)} µs` : `${value.toFixed(2)} ms`;
}

function number(value) {
  return value >= 100 ? value.toFixed(0) : value >= 20 ? value.toFixed(1) : value.toFixed(2);
}

export function size(bytes) {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}
