export const OPENED_CLOSED_DAYS = 14;
export const RESOLUTION_DAYS = 30;
export const REFUSALS_HOURS = 24;
/** Of each status with work left, the oldest so many are looked into, so that a backlog costs the same at any size. */
export const LIVE_SAMPLE = 2_000;
