/**
 * Which parts of a configuration the cases reach. Every source, every status value and every default is one; in version 2
 * also every tag that can be a property, and the filter.
 */
import type { AlertTrace, Rejection, Step } from "../../types.js";
import { FILTERED } from "../partial.js";

/** A part of a configuration that a case can reach. */
export interface Point {
  kind: "source" | "status value" | "default" | "property" | "filter";
  /** RFC 6901 pointer into the body. */
  pointer: string;
  /** What stands there. */
  text: string;
  /** In how many alerts it counted; of the filter, how many it dropped. */
  hits: number;
}

/** A rule none of whose parts was reached. */
export interface Coverage {
  points: Point[];
  rulesNeverHit: string[];
}

interface Rule {
  source?: unknown;
  default_to?: unknown;
}

/** Counts what traces use of one body. */
export class Counter {
  #points = new Map<string, Point>();
  #statusMap: [string, string, unknown[]][] = [];
  #rules: string[] = [];
  #prefix: string;

  /** `body` has been compiled, so it has the form of one. */
  constructor(body: object) {
    const whole = body as { config?: object };
    const bare = typeof whole.config !== "object" || whole.config === null;
    this.#prefix = bare ? "" : "/config";
    this.#collect((bare ? body : whole.config) as Record<string, unknown>);
  }

  add(traces: readonly AlertTrace[], rejected: readonly Rejection[]): void {
    for (const { steps } of traces) for (const step of steps) this.#step(step);
    for (const { code } of rejected) if (code === FILTERED) this.#hit(`${this.#prefix}/event_filter`);
  }

  get coverage(): Coverage {
    const points = [...this.#points.values()];
    const hit = (rule: string) =>
      points.some(({ pointer, hits }) => hits > 0 && (pointer === rule || pointer.startsWith(`${rule}/`)));
    return { points, rulesNeverHit: this.#rules.filter((rule) => !hit(rule)) };
  }

  #collect(config: Record<string, unknown>): void {
    const { additional_attributes: more, event_filter: filter } = config;
    const rules: [string, unknown][] = ["primary_property", "secondary_property"].map((name) => [name, config[name]]);
    if (Array.isArray(more)) more.forEach((rule, at) => rules.push([`additional_attributes/${at}`, rule]));
    rules.push(["status", config.status], ["timestamp", config.timestamp]);
    if (typeof filter === "string" && filter.trim() !== "") {
      this.#rules.push(`${this.#prefix}/event_filter`);
      this.#point("filter", `${this.#prefix}/event_filter`, filter);
    }
    for (const [name, value] of rules) {
      if (typeof value !== "object" || value === null) continue;
      const rule = `${this.#prefix}/${name}`;
      const { source, default_to } = value as Rule;
      this.#rules.push(rule);
      if (Array.isArray(value)) value.forEach((tag, at) => this.#property(`${rule}/${at}/name`, tag));
      if (Array.isArray(source)) source.forEach((path, at) => this.#point("source", `${rule}/source/${at}`, path));
      if (name === "status") this.#collectStatuses(rule, (value as { status_map?: unknown }).status_map);
      if (default_to !== undefined) this.#point("default", `${rule}/default_to`, default_to);
    }
  }

  /** A tag in the list of a property, in version 2. */
  #property(pointer: string, tag: unknown): void {
    const name = typeof tag === "object" && tag !== null ? (tag as { name?: unknown }).name : undefined;
    if (typeof name === "string") this.#point("property", pointer, name);
  }

  #collectStatuses(rule: string, map: unknown): void {
    for (const [status, values] of Object.entries(map ?? {})) {
      if (!Array.isArray(values)) continue;
      const pointer = `${rule}/status_map/${status.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      this.#statusMap.push([status, pointer, values]);
      values.forEach((value, at) => this.#point("status value", `${pointer}/${at}`, value));
    }
  }

  #point(kind: Point["kind"], pointer: string, value: unknown): void {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    this.#points.set(pointer, { kind, pointer, text, hits: 0 });
  }

  #step({ kind, rule, outcome, sourcePointer, value, values, result }: Step): void {
    if (kind === "identifier") {
      // Only a tag in the list of a property: a rule of version 1 is hit by the step that gave its tag.
      if (outcome === "used" && sourcePointer?.endsWith("/name")) this.#hit(sourcePointer);
      return;
    }
    if (outcome === "default") this.#hit(`${rule}/default_to`);
    if (outcome !== "used") return;
    if (sourcePointer !== undefined) this.#hit(sourcePointer);
    if (kind !== "status") return;
    // Of a list the first item that is in the map counted.
    const found = (values ?? [value]).find((item) =>
      this.#statusMap.some(([status, , all]) => status === result && all.some((one) => String(one) === item)),
    );
    for (const [status, pointer, all] of this.#statusMap) {
      const at = all.findIndex((one) => String(one) === found);
      if (status === result && at >= 0) this.#hit(`${pointer}/${at}`);
    }
  }

  #hit(pointer: string): void {
    const point = this.#points.get(pointer);
    if (point !== undefined) point.hits += 1;
  }
}

/** How much of it is reached, in per cent, rounded down: only all of it is 100. */
export function percentOf(points: readonly Point[]): number {
  const hit = points.filter(({ hits }) => hits > 0).length;
  return points.length === 0 ? 100 : Math.floor((hit / points.length) * 100);
}
