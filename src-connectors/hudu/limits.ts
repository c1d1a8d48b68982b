// How long and how large one call of a Hudu tool may be. A full page of articles carries their bodies; a scan reads many.

export const listLimits = { deadlineMs: 15_000, maxBytes: 8_000_000 } as const;
export const scanLimits = { deadlineMs: 30_000, maxBytes: 8_000_000 } as const;
export const oneLimits = { deadlineMs: 15_000, maxBytes: 4_000_000 } as const;
export const changeLimits = { deadlineMs: 20_000, maxBytes: 4_000_000 } as const;

/** Everybody's rows go through a scan, so as many at once as the vendor gives (hudu.md §2). */
export const scanPageSize = 1000;
