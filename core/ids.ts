import { uuidv7 } from 'uuidv7'

/** A new UUIDv7: unique, and ordered by the millisecond it was made in. */
export function newId(): string {
  return uuidv7()
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether a text is a UUID in lower-case canonical form; anything else would make Postgres throw. */
export function isId(text: string): boolean {
  return UUID.test(text)
}
