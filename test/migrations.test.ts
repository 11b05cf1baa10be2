import { expect, test } from 'vitest'
import { diffSchema } from '#lib/platform/migrate.ts'

test('the migrations lead to what the schema files describe', async () => {
  expect(await diffSchema(process.env.DATABASE_URL ?? '', 'database')).toBeFalsy()
}, 60_000)
