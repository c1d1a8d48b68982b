// How long and how large one call of a HaloPSA tool may be. A full page of tickets with long details is about 300 kB.

export const listLimits = { deadlineMs: 15_000, maxBytes: 4_000_000 } as const;
export const oneLimits = { deadlineMs: 15_000, maxBytes: 4_000_000 } as const;
export const changeLimits = { deadlineMs: 20_000, maxBytes: 2_000_000 } as const;

/** A list whose rows are each read once more, or that is read to its end. */
export const slowLimits = { deadlineMs: 30_000, maxBytes: 4_000_000 } as const;
