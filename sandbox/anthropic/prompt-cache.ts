import { IMAGE_TOKENS, MESSAGE_TOKENS, tokensIn } from '../token-estimate.ts'
import { type Block, blockText } from './content-block.ts'

/** Prompt tokens by what the cache did with them. */
export type PromptCacheUse = { fresh: number; read: number; write5m: number; write1h: number }

type CacheMark = { ttl?: '5m' | '1h' | undefined } | null | undefined
type Cacheable = {
  readonly tools?: readonly { name: string; input_schema?: unknown; cache_control?: CacheMark }[] | undefined
  readonly system?: string | readonly Block[] | undefined
  readonly messages: readonly { content: string | readonly Block[] }[]
}

/**
 * What a prompt cache does with a request. The vendor remembers prefixes; here the request alone decides, so that
 * equal requests have equal usage: the tokens up to each `cache_control` mark form a segment; the first segment is
 * read from the cache when a later one follows, and every other segment is written with its lifetime.
 * Source of the classes: Anthropic guide "Prompt caching".
 *
 * @param inputTokens tokens of the whole prompt
 */
export function promptCacheUse(request: Cacheable, inputTokens: number): PromptCacheUse {
  const segments = segmentsOf(request)
  const [first, ...later] = segments
  const use: PromptCacheUse = { fresh: inputTokens, read: 0, write5m: 0, write1h: 0 }
  if (!first) return use
  if (later.length > 0) use.read = first.tokens
  for (const segment of later.length > 0 ? later : [first]) {
    if (segment.ttl === '1h') use.write1h += segment.tokens
    else use.write5m += segment.tokens
  }
  use.fresh = Math.max(inputTokens - use.read - use.write5m - use.write1h, 0)
  return use
}

function segmentsOf({ tools, system, messages }: Cacheable): { tokens: number; ttl: '5m' | '1h' }[] {
  const segments: { tokens: number; ttl: '5m' | '1h' }[] = []
  let tokens = 0
  const add = (count: number, mark: CacheMark) => {
    tokens += count
    if (!mark) return
    segments.push({ tokens, ttl: mark.ttl ?? '5m' })
    tokens = 0
  }
  for (const tool of tools ?? []) {
    add(tokensIn(tool.name + JSON.stringify(tool.input_schema ?? {})) + MESSAGE_TOKENS, tool.cache_control)
  }
  for (const content of [system ?? [], ...messages.map(message => message.content)]) {
    if (typeof content === 'string') add(tokensIn(content) + MESSAGE_TOKENS, null)
    else {
      for (const block of content) {
        add(tokensIn(blockText(block)) + (block.type === 'image' ? IMAGE_TOKENS : 0), block.cache_control)
      }
    }
  }
  return segments
}
