import { z } from 'zod'

const Choice = z.int().nonnegative()

/** What a streamed answer said, put together: texts in the order in which they began, and the calls of tools. */
export const AnswerPart = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['text', 'thinking', 'refusal']), choice: Choice, text: z.string() }),
  z.strictObject({
    type: z.literal('toolCall'),
    choice: Choice,
    id: z.string().nullable(),
    name: z.string(),
    /** JSON text, as the model wrote it. */
    arguments: z.string(),
  }),
])
export type AnswerPart = z.infer<typeof AnswerPart>
export type AnswerTextKind = Exclude<AnswerPart['type'], 'toolCall'>
