/** Heartbeats come every few seconds; a replica silent for longer than this no longer counts. */
export const LOST_AFTER_SECONDS = 15
