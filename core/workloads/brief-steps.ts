// Apart from what a brief says, since pages that show its steps need no zod.

/** The steps in which a brief is written, in order. */
export const BRIEF_STEPS = ['purpose', 'data', 'quality', 'cost', 'boundaries', 'people'] as const
export type BriefStep = (typeof BRIEF_STEPS)[number]
