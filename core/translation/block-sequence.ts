import type { Citation, StreamEvent, ThinkingProof } from './conversation.ts'

export type Block =
  | { kind: 'text' | 'refusal' }
  | { kind: 'thinking'; proof: ThinkingProof | null }
  | { kind: 'tool'; id: string; name: string; custom?: true }

/** How a dialect writes one block; `index` counts blocks from 0. */
export interface BlockSink {
  /** Whether tool calls may be open beside each other, so that their pieces go out in the order they come in. */
  readonly interleaves: boolean
  open(block: Block, index: number): string
  delta(block: Block, index: number, text: string, logprobs?: unknown[]): string
  /** `citation` counts the characters of the block's text, of which `cited` are those that it covers. */
  cite(block: Block, index: number, citation: Citation, cited: string): string
  close(block: Block, index: number, whole: string): string
}

interface QueuedBlock {
  readonly block: Block
  readonly index: number
  /** Characters of text in the answer before this block. */
  readonly saidBefore: number
  opened: boolean
  closed: boolean
  /** Closed because its arguments are whole, before the provider said so. */
  early: boolean
  pending: string
  logprobs: unknown[]
  citations: Citation[]
  whole: string
}

type Piece = Exclude<StreamEvent, { type: 'start' | 'stop' | 'usage' }>

/**
 * Puts the pieces of an answer into a sequence of blocks, as messages and responses want it. Where only one block may
 * be open, a tool call waits until the one before it has ended, or its arguments are a whole JSON object.
 */
export class BlockSequence {
  readonly #sink: BlockSink
  readonly #queue: QueuedBlock[] = []
  readonly #tools = new Map<number, QueuedBlock>()
  #count = 0
  #said = 0

  constructor(sink: BlockSink) {
    this.#sink = sink
  }

  /** Whether a tool call came. */
  get hasTools(): boolean {
    return this.#tools.size > 0
  }

  /** Takes a piece and returns what can be written now. Throws SyntaxError for arguments of no open call. */
  push(event: Piece): string {
    switch (event.type) {
      case 'text':
        this.#append('text', event.text, event.logprobs)
        break
      case 'refusal':
      case 'thinking':
        this.#append(event.type, event.text)
        break
      case 'thinkingProof':
        this.#prove(event.proof)
        break
      case 'citation':
        this.#cite(event.citation)
        break
      case 'toolStart': {
        const { id, name, custom } = event
        this.#tools.set(event.index, this.#add({ kind: 'tool', id, name, ...(custom && { custom }) }))
        break
      }
      case 'toolArguments': {
        const tool = this.#tools.get(event.index)
        if (tool?.early && event.text.trim() === '') break
        this.#openTool(event.index).pending += event.text
        break
      }
      case 'toolEnd':
        if (!this.#tools.get(event.index)?.early) this.#openTool(event.index).closed = true
    }
    return this.#drain()
  }

  /** Closes all blocks. */
  finish(): string {
    for (const queued of this.#queue) queued.closed = true
    return this.#drain()
  }

  #append(kind: 'text' | 'refusal' | 'thinking', text: string, logprobs: unknown[] = []): void {
    if (text === '' && logprobs.length === 0) return
    const target = this.#lastOf(kind) ?? this.#add(kind === 'thinking' ? { kind, proof: null } : { kind })
    target.pending += text
    target.logprobs.push(...logprobs)
    if (kind === 'text') this.#said += text.length
  }

  /** A signature ends the thought it belongs to; a redacted thought is a block of its own. */
  #prove(proof: ThinkingProof): void {
    const open = proof.kind === 'signature' ? this.#lastOf('thinking') : null
    const target = open ?? this.#add({ kind: 'thinking', proof: null })
    if (target.block.kind === 'thinking') target.block.proof = proof
    target.closed = true
  }

  #cite(citation: Citation): void {
    const target = this.#lastOf('text') ?? this.#add({ kind: 'text' })
    target.citations.push(citation)
  }

  #lastOf(kind: Block['kind']): QueuedBlock | null {
    const last = this.#queue.at(-1)
    return last?.block.kind === kind && !last.closed ? last : null
  }

  #add(block: Block): QueuedBlock {
    const last = this.#queue.at(-1)
    if (last && last.block.kind !== 'tool') last.closed = true
    const queued = {
      block,
      index: this.#count++,
      saidBefore: this.#said,
      opened: false,
      closed: false,
      early: false,
      pending: '',
      logprobs: [],
      citations: [],
      whole: '',
    }
    this.#queue.push(queued)
    return queued
  }

  #openTool(index: number): QueuedBlock {
    const tool = this.#tools.get(index)
    if (!tool || tool.closed) throw new SyntaxError('a piece of a tool call that is not open')
    return tool
  }

  #drain(): string {
    let out = ''
    for (let at = 0; at < this.#queue.length; ) {
      const queued = this.#queue[at] as QueuedBlock
      if (at > 0 && !this.#sink.interleaves) break
      out += this.#write(queued)
      if (!queued.closed && !this.#sink.interleaves && this.#queue.length > 1 && isWhole(queued)) {
        queued.closed = true
        queued.early = true
      }
      if (queued.closed) {
        out += this.#sink.close(queued.block, queued.index, queued.whole)
        this.#queue.splice(at, 1)
      } else at++
    }
    return out
  }

  #write(queued: QueuedBlock): string {
    const { block, index } = queued
    let out = ''
    if (!queued.opened) out += this.#sink.open(block, index)
    queued.opened = true
    if (queued.pending !== '' || queued.logprobs.length > 0) {
      out += this.#sink.delta(block, index, queued.pending, queued.logprobs)
      queued.whole += queued.pending
      queued.pending = ''
      queued.logprobs = []
    }
    for (const { start, end, ...page } of queued.citations) {
      const citation = { ...page, start: start - queued.saidBefore, end: end - queued.saidBefore }
      out += this.#sink.cite(block, index, citation, queued.whole.slice(citation.start, citation.end))
    }
    queued.citations = []
    return out
  }
}

/** Whether a call's arguments are a whole JSON object, to which nothing can be added. */
function isWhole({ block, whole }: QueuedBlock): boolean {
  if (block.kind !== 'tool' || !whole.trimEnd().endsWith('}')) return false
  try {
    return typeof JSON.parse(whole) === 'object'
  } catch {
    return false
  }
}
