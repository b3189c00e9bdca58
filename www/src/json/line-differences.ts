/** A line of two texts: in both of them, or in only one. */
export interface DifferenceLine {
  kind: "same" | "removed" | "added";
  text: string;
}

/** Up to so many pairs of lines are compared; beyond that, all lines between the first and the last difference count as different. */
const PAIRS = 1_000_000;

/** How two texts differ by lines: the longest sequence of lines that both have stays, in order. */
export function lineDifferences(before: string, after: string): DifferenceLine[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const same = (lines: string[]) => lines.map((text): DifferenceLine => ({ kind: "same", text }));
  return [
    ...same(old.slice(0, head)),
    ...between(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...same(old.slice(old.length - tail)),
  ];
}

function between(old: string[], now: string[]): DifferenceLine[] {
  const width = now.length + 1;
  // How many lines can stay from each pair of places on, by dynamic programming from the end.
  const stays = old.length * now.length <= PAIRS ? new Uint32Array((old.length + 1) * width) : null;
  if (stays) {
    for (let i = old.length - 1; i >= 0; i -= 1) {
      for (let j = now.length - 1; j >= 0; j -= 1) {
        const next = (i + 1) * width + j;
        stays[i * width + j] =
          old[i] === now[j] ? (stays[next + 1] ?? 0) + 1 : Math.max(stays[next] ?? 0, stays[i * width + j + 1] ?? 0);
      }
    }
  }
  const lines: DifferenceLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [one, other] = [old[i], now[j]];
    if (stays && one !== undefined && one === other) {
      lines.push({ kind: "same", text: one });
      i += 1;
      j += 1;
    } else if (
      one !== undefined &&
      (other === undefined || !stays || (stays[(i + 1) * width + j] ?? 0) >= (stays[i * width + j + 1] ?? 0))
    ) {
      lines.push({ kind: "removed", text: one });
      i += 1;
    } else {
      lines.push({ kind: "added", text: other ?? "" });
      j += 1;
    }
  }
  return lines;
}
