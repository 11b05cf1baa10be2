import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { noteServedBody } from './large-garbage.ts'

const MEGABYTE = 1024 * 1024

/** Megabytes of buffers that nobody has any more which are given back after bodies of so many bytes were served. */
async function givenBack(bodies: number, size: number): Promise<number> {
  for (let left = 0; left < 8; left++) Buffer.allocUnsafeSlow(MEGABYTE)
  const before = process.memoryUsage().arrayBuffers
  for (let body = 0; body < bodies; body++) noteServedBody(size)
  for (let turns = 0; turns < 3; turns++) await turn()
  return (before - process.memoryUsage().arrayBuffers) / MEGABYTE
}

test('what large bodies left is given back when there is much of it, and small ones do not count', async () => {
  expect(await givenBack(100, 64 * 1024)).toBeLessThan(1)
  expect(await givenBack(3, MEGABYTE)).toBeLessThan(1)
  expect(await givenBack(1, MEGABYTE)).toBeGreaterThan(6)
})
