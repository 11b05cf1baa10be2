import { z } from 'zod'

/** Marks the end of a prefix to keep in the prompt cache. */
export const CacheControl = z.looseObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() })
/** A content block of a message, reduced to what an answer depends on. */
export const Block = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  thinking: z.string().optional(),
  id: z.string().optional(),
  name: z.string().optional(),
  input: z.unknown().optional(),
  tool_use_id: z.string().optional(),
  content: z.unknown().optional(),
  cache_control: CacheControl.nullish(),
})
export type Block = z.infer<typeof Block>

/** The text that a block adds to the prompt. */
export function blockText(block: Block): string {
  if (block.type === 'tool_use') return `${block.name ?? ''}${JSON.stringify(block.input ?? {})}`
  if (block.type === 'tool_result') {
    return typeof block.content === 'string' ? block.content : JSON.stringify(block.content ?? '')
  }
  return block.text ?? block.thinking ?? ''
}
