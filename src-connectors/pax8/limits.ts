// How long and how large one call of a Pax8 tool may be. A full page of 200 invoice items is about 200 kB.

export const listLimits = { deadlineMs: 15_000, maxBytes: 4_000_000 } as const;
/** Lists that only a look through everybody's rows can answer. */
export const scanLimits = { deadlineMs: 30_000, maxBytes: 4_000_000 } as const;
export const oneLimits = { deadlineMs: 20_000, maxBytes: 4_000_000 } as const;
/** A change reads state, rules and price anew before it writes, and what came of it afterwards. */
export const changeLimits = { deadlineMs: 30_000, maxBytes: 4_000_000 } as const;
