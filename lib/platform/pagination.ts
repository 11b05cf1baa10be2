import { z } from 'zod'
import { isId } from '#core/ids.ts'
import { invalid } from './errors.ts'

/** The query of every list: how many, and where to go on. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(512).optional(),
})

export interface Page<T> {
  data: T[]
  /** Give it back as `cursor` for the next page; null on the last. */
  nextCursor: string | null
}

/** The schema of a page of these items. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({ data: z.array(item), nextCursor: z.string().nullable() })
}

/** A list that is short enough to be one page. */
export function onePage<T>(data: T[]): Page<T> {
  return { data, nextCursor: null }
}

/** Cuts `limit + 1` rows into a page; the extra row only tells that there is more. */
export function toPage<T>(rows: T[], limit: number, cursorOf: (last: T) => string): Page<T> {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return { data, nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null }
}

export function encodeCursor(position: string): string {
  return Buffer.from(position).toString('base64url')
}

/** Throws `invalid_input` when the cursor's text does not have the form a list gives out. */
export function decodeCursor(cursor: string, form: RegExp): string {
  const position = Buffer.from(cursor, 'base64url').toString()
  if (!form.test(position)) throw invalid('cursor', 'This is not a cursor of this list. Leave it out to start anew.')
  return position
}

export const ID_CURSOR = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The cursor of a list ordered by name, then id. */
export function nameCursor(last: { name: string; id: string }): string {
  return `${last.id}${last.name}`
}

/** The filter for what comes after a `nameCursor`; nothing to filter without one. */
export function afterName(cursor: string | undefined): object {
  if (!cursor) return {}
  const position = decodeCursor(cursor, /^[0-9a-f-]{36}[\s\S]*$/)
  const [id, name] = [position.slice(0, 36), position.slice(36)]
  if (!isId(id)) throw invalid('cursor', 'This is not a cursor of this list. Leave it out to start anew.')
  return { OR: [{ name: { gt: name } }, { name, id: { gt: id } }] }
}

/** The filter for what comes after an id in a list with the newest first. */
export function afterId(cursor: string | undefined): { id?: { lt: string } } {
  return cursor ? { id: { lt: decodeCursor(cursor, ID_CURSOR) } } : {}
}
