import { z } from 'zod'

/** A table's own name, such as `requests`. */
const Table = z.string().regex(/^[a-z][a-z-]{0,39}$/, 'the name of a table')

export const SavedViewDto = z.strictObject({
  id: z.uuid(),
  table: z.string(),
  name: z.string(),
  /** The query part of the page's address, without the question mark. */
  query: z.string(),
})
export type SavedViewDto = z.infer<typeof SavedViewDto>

export const SaveViewInput = z.strictObject({
  table: Table,
  name: z.string().trim().min(1, 'a name').max(60),
  query: z.string().max(2000),
})

export const DeleteViewInput = z.strictObject({ id: z.uuid() })

/** Views of one table that one person may keep. */
export const MAX_VIEWS = 30
