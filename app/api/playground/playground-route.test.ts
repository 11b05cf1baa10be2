import { expect, test } from 'vitest'
import { POST } from './route.ts'

const ask = (headers: Record<string, string>) =>
  POST(new Request('http://localhost:3000/api/playground', { method: 'POST', headers, body: '{}' }))

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['another port of this host', { 'sec-fetch-site': 'same-site' }],
  ['another origin, by a browser without Fetch Metadata', { origin: 'http://localhost:9', host: 'localhost:3000' }],
  ['nowhere', {}],
])('a call started from %s is refused before anything is looked at', async (_, headers) => {
  const answer = await ask({ cookie: 'gatehouse.session=x', 'content-type': 'text/plain', ...headers } as never)
  expect(answer.status).toBe(403)
})
