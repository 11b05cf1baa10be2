import { expect, test } from 'vitest'
import { eachApart } from './each-apart.ts'

test('one that fails keeps no other from its turn, and is not forgotten', async () => {
  const done: number[] = []
  const run = eachApart([1, 2, 3, 4], String, async one => {
    if (one % 2 === 0) throw new Error(`no ${one}`)
    done.push(one)
  })
  await expect(run).rejects.toThrow('2 of 4 failed, among them 2')
  expect(done).toEqual([1, 3])
})

test('what each made comes in order; of none there is none', async () => {
  expect(await eachApart([3, 1], String, async one => one * 2)).toEqual([6, 2])
  expect(await eachApart([], String, async () => 1)).toEqual([])
})
