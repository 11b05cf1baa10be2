import { describe, expect, it } from 'vitest'
import { readFlags, TARGET_NAMES } from './flags.ts'

describe('readFlags', () => {
  it('measures everything by default, and the core of it when quick', () => {
    expect(readFlags([])).toEqual({
      quick: false,
      connections: [1, 32, 256],
      kilobytes: [1, 32, 1024],
      answers: ['whole', 'streamed'],
      seconds: 4,
      targets: TARGET_NAMES,
    })
    expect(readFlags(['--quick'])).toMatchObject({ quick: true, seconds: 1, kilobytes: [1], answers: ['whole'] })
  })

  it('reads lists and numbers', () => {
    const args = ['--connections', '8, 64', '--seconds', '30', '--kilobytes', '2', '--targets', 'bare,gatehouse']
    expect(readFlags(args)).toMatchObject({
      connections: [8, 64],
      seconds: 30,
      kilobytes: [2],
      targets: ['bare', 'gatehouse'],
    })
  })

  it('names the flag that is wrong', () => {
    expect(() => readFlags(['--connections', '0'])).toThrow(/--connections/)
    expect(() => readFlags(['--kilobytes', '99999'])).toThrow(/--kilobytes/)
    expect(() => readFlags(['--seconds', 'long'])).toThrow(/--seconds/)
    expect(() => readFlags(['--answers', 'whole,half'])).toThrow(/not "half"/)
    expect(() => readFlags(['--targets', 'bare,other'])).toThrow(/not "other"/)
    expect(() => readFlags(['--fast'])).toThrow(/--fast/)
  })
})
