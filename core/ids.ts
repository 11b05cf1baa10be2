import { V7Generator } from 'uuidv7'

/** Random words are drawn many at a time: asking the system for each id takes longer than making it. */
const words = new Uint32Array(1024)
let used = words.length

const generator = new V7Generator({
  nextUint32() {
    if (used === words.length) {
      crypto.getRandomValues(words)
      used = 0
    }
    return words[used++] ?? 0
  },
})

/** A new UUIDv7: unique, and ordered by the millisecond it was made in. */
export function newId(): string {
  return generator.generate().toString()
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether a text is a UUID in lower-case canonical form; anything else would make Postgres throw. */
export function isId(text: string): boolean {
  return UUID.test(text)
}
