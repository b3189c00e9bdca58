/** Events of probes. */

const REST = `"check": "probe", "state": "up"`;

/** An event of a probe: JSON text of its members. */
export const event = (id: string, members: string, rest = REST): string =>
  `{"oim_probe": ${JSON.stringify(id)}, "host": ${JSON.stringify(id)}, ${[rest, members].filter(Boolean).join(", ")}}`;
