import type { StreamEvent } from './conversation.ts'

export type Block = { kind: 'text' } | { kind: 'thinking' } | { kind: 'tool'; id: string; name: string }

/** How a dialect writes one block; `index` counts blocks from 0. */
export interface BlockSink {
  open(block: Block, index: number): string
  delta(block: Block, index: number, text: string): string
  close(block: Block, index: number, whole: string): string
}

interface QueuedBlock {
  readonly block: Block
  readonly index: number
  opened: boolean
  closed: boolean
  pending: string
  whole: string
}

/**
 * Puts the pieces of an answer into a sequence of blocks of which only one is open at a time, as messages and
 * responses want it. Parallel tool calls whose pieces come interleaved wait for the one before them.
 */
export class BlockSequence {
  readonly #sink: BlockSink
  readonly #queue: QueuedBlock[] = []
  readonly #tools = new Map<number, QueuedBlock>()
  #count = 0

  constructor(sink: BlockSink) {
    this.#sink = sink
  }

  /** Whether a tool call came. */
  get hasTools(): boolean {
    return this.#tools.size > 0
  }

  /** Takes a piece and returns what can be written now. Throws SyntaxError for arguments of no open call. */
  push(event: StreamEvent): string {
    if (event.type === 'text' || event.type === 'thinking') this.#append(event.type, event.text)
    else if (event.type === 'toolStart') {
      const { id, name } = event
      this.#tools.set(event.index, this.#add({ kind: 'tool', id, name }))
    } else if (event.type === 'toolArguments') this.#openTool(event.index).pending += event.text
    else if (event.type === 'toolEnd') this.#openTool(event.index).closed = true
    return this.#drain()
  }

  /** Closes all blocks. */
  finish(): string {
    for (const queued of this.#queue) queued.closed = true
    return this.#drain()
  }

  #append(kind: 'text' | 'thinking', text: string): void {
    if (text === '') return
    const last = this.#queue.at(-1)
    const target = last?.block.kind === kind && !last.closed ? last : this.#add({ kind })
    target.pending += text
  }

  #add(block: Block): QueuedBlock {
    const last = this.#queue.at(-1)
    if (last && last.block.kind !== 'tool') last.closed = true
    const queued = { block, index: this.#count++, opened: false, closed: false, pending: '', whole: '' }
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
    for (let head = this.#queue[0]; head; head = this.#queue[0]) {
      const { block, index } = head
      if (!head.opened) out += this.#sink.open(block, index)
      head.opened = true
      if (head.pending !== '') {
        out += this.#sink.delta(block, index, head.pending)
        head.whole += head.pending
        head.pending = ''
      }
      if (!head.closed) break
      out += this.#sink.close(block, index, head.whole)
      this.#queue.shift()
    }
    return out
  }
}
