const LOCAL = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

/** A time as someone here reads it, and as everybody does. */
export interface ShownTime {
  local: string;
  utc: string;
  /** For the `datetime` attribute. */
  iso: string;
}

/** Shows epoch seconds. `null` when no calendar reaches that far. */
export function showTime(seconds: number): ShownTime | null {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  const iso = date.toISOString();
  return { local: LOCAL.format(date), utc: `${iso.slice(0, -5).replace("T", " ")} UTC`, iso };
}
