import { afterEach, expect, test, vi } from 'vitest'
import { openDatabases } from '#lib/platform/database.ts'
import { GET } from './route.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('is 200 while the database answers', async () => {
  const response = await GET()
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ status: 'ok' })
})

test('is 503 with the reason, and no address, when it does not', async () => {
  // Port 1 (tcpmux) has no listener on any ordinary machine.
  vi.stubGlobal('gatehouseDatabases', openDatabases('postgresql://someone:hidden@127.0.0.1:1/gone'))
  const response = await GET()
  expect(response.status).toBe(503)
  expect(await response.json()).toEqual({ status: 'down', reason: 'The database does not answer.' })
})
