import type { AnswerPart, AnswerTextKind } from '#core/content/answer-part.ts'
import type { ContentMemory } from './content-memory.ts'

/** Pieces of one text that are joined into one string when there are so many: a string of many parts is large. */
const MOST_PIECES = 64

type Open = { part: AnswerPart; pieces: string[] }

/**
 * Puts together what a stream says while it passes, without holding it back: the stream readers, which have parsed
 * each frame anyway, name what it adds. It holds as many characters as may be kept, and only while there is memory.
 */
export class StreamedAnswer {
  /** There was more than is held. */
  truncated = false
  readonly #memory: ContentMemory
  readonly #open = new Map<string, Open>()
  #held = 0

  constructor(memory: ContentMemory) {
    this.#memory = memory
  }

  /** Adds text of a kind; `place` tells texts apart that grow at the same time. */
  text(kind: AnswerTextKind, text: unknown, choice = 0, place: unknown = ''): void {
    if (typeof text !== 'string' || text === '') return
    const key = `${kind} ${choice} ${place}`
    let open = this.#open.get(key)
    if (!open) open = this.#begin(key, { type: kind, choice, text: '' })
    if (open) this.#add(open, text)
  }

  /** A call of a tool begins. */
  toolCall(place: unknown, id: unknown, name: unknown, choice = 0): void {
    const known = { id: typeof id === 'string' ? id : null, name: typeof name === 'string' ? name : '' }
    if (this.#open.has(`tool ${choice} ${place}`)) return
    this.#begin(`tool ${choice} ${place}`, { type: 'toolCall', choice, ...known, arguments: '' })
  }

  /** Adds to the arguments of a call. */
  toolArguments(place: unknown, text: unknown, choice = 0): void {
    if (typeof text !== 'string' || text === '') return
    const open = this.#open.get(`tool ${choice} ${place}`)
    if (open) this.#add(open, text)
  }

  /** What there is, in the order in which it began. */
  parts(): AnswerPart[] {
    return [...this.#open.values()].map(({ part, pieces }) => {
      const text = pieces.join('')
      return part.type === 'toolCall' ? { ...part, arguments: text } : { ...part, text }
    })
  }

  /** Gives back the memory; nothing may be added afterwards. */
  release(): void {
    this.#memory.release(this.#held)
    this.#held = 0
    this.#open.clear()
  }

  #begin(key: string, part: AnswerPart): Open | undefined {
    const open: Open = { part, pieces: [] }
    const size = part.type === 'toolCall' ? part.name.length + (part.id?.length ?? 0) + 64 : 64
    if (this.#take(size) < size) return undefined
    this.#open.set(key, open)
    return open
  }

  #add({ pieces }: Open, text: string): void {
    const taken = this.#take(text.length)
    if (taken === 0) return
    pieces.push(taken < text.length ? text.slice(0, taken) : text)
    if (pieces.length >= MOST_PIECES) pieces.splice(0, pieces.length, pieces.join(''))
  }

  /** How many of so many characters may still be held. */
  #take(wanted: number): number {
    if (this.truncated) return 0
    const taken = this.#memory.take(Math.min(wanted, this.#memory.limit - this.#held))
    this.#held += taken
    if (taken < wanted) this.truncated = true
    return taken
  }
}
