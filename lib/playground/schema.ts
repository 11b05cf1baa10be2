import { z } from 'zod'

export const PlaygroundMessage = z.strictObject({
  role: z.enum(['user', 'assistant']),
  content: z.string().min(1).max(100_000),
})

export const AskModelInput = z.strictObject({
  teamId: z.uuid(),
  modelId: z.uuid(),
  system: z.string().max(100_000).default(''),
  messages: z.array(PlaygroundMessage).min(1).max(200),
  maxTokens: z.int().min(1).max(32_000).default(1024),
})
export type AskModelInput = z.infer<typeof AskModelInput>

/** What the browser is sent, one JSON object a line. */
export type PlaygroundEvent =
  | { type: 'text'; text: string }
  | { type: 'end'; requestId: string | null; inputTokens: number | null; outputTokens: number | null }
  | { type: 'error'; message: string; requestId: string | null }
