import { z } from 'zod'

const EARLIEST = '1970'
const LATEST = '9999'

/** A moment as an API takes it: ISO 8601 with `Z` or an offset, in the years 1970 to 9998, which Postgres can hold. */
export const Moment = z.iso
  .datetime({ offset: true, error: 'a moment in ISO 8601 form such as 2026-01-31T00:00:00Z' })
  .refine(text => text >= EARLIEST && text < LATEST, 'a moment between the years 1970 and 9998')

/** A day as an API takes it, in the same years. */
export const Day = z.iso
  .date('a day such as 2026-01-31')
  .refine(text => text >= EARLIEST && text < LATEST, 'a day between the years 1970 and 9998')
