import { describe, expect, it } from 'vitest'
import { readFlags } from './flags.ts'

describe('readFlags', () => {
  it('measures every target at one and at 32 connections by default', () => {
    const targets = ['sandbox', 'bare', 'portkey', 'gatehouse']
    expect(readFlags([])).toEqual({ quick: false, connections: [1, 32], seconds: 6, targets })
    expect(readFlags(['--quick'])).toMatchObject({ quick: true, seconds: 1 })
  })

  it('reads lists and numbers', () => {
    const args = ['--connections', '8, 64', '--seconds', '30', '--targets', 'bare,gatehouse']
    expect(readFlags(args)).toEqual({ quick: false, connections: [8, 64], seconds: 30, targets: ['bare', 'gatehouse'] })
  })

  it('names the flag that is wrong', () => {
    expect(() => readFlags(['--connections', '0'])).toThrow(/--connections/)
    expect(() => readFlags(['--seconds', 'long'])).toThrow(/--seconds/)
    expect(() => readFlags(['--targets', 'bare,other'])).toThrow(/not "other"/)
    expect(() => readFlags(['--fast'])).toThrow(/--fast/)
  })
})
