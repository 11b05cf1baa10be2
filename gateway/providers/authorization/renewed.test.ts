import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CredentialError } from './authorizer.ts'
import { Renewed } from './renewed.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const HOUR = 3_600_000

/** An issuer whose tokens count up and live for an hour. */
function issuer() {
  const state = { issued: 0, failing: false, stuck: false }
  const fetch = async () => {
    if (state.stuck) await new Promise(() => {})
    if (state.failing) throw new CredentialError('away', false)
    state.issued += 1
    return { value: `token-${state.issued}`, expiresAt: Date.now() + HOUR }
  }
  return { state, renewed: new Renewed(fetch) }
}

describe('a value that is renewed', () => {
  test('is fetched once for all who ask at once, and is there without waiting afterwards', async () => {
    const { state, renewed } = issuer()
    expect(await Promise.all([renewed.get(), renewed.get(), renewed.get()])).toEqual(['token-1', 'token-1', 'token-1'])
    expect(renewed.get()).toBe('token-1')
    expect(state.issued).toBe(1)
    renewed.close()
  })

  test('is replaced five minutes before it ends, without anybody asking', async () => {
    const { renewed } = issuer()
    await renewed.get()
    await vi.advanceTimersByTimeAsync(HOUR - 300_001)
    expect(renewed.get()).toBe('token-1')
    await vi.advanceTimersByTimeAsync(2)
    expect(renewed.get()).toBe('token-2')
    renewed.close()
  })

  test('stays in use while its issuer is away, and is tried for again until it ends', async () => {
    const { state, renewed } = issuer()
    await renewed.get()
    state.failing = true
    await vi.advanceTimersByTimeAsync(HOUR - 60_000)
    expect(renewed.get()).toBe('token-1')
    state.failing = false
    await vi.advanceTimersByTimeAsync(40_000)
    expect(renewed.get()).toBe('token-2')
    renewed.close()
  })

  test('that has ended is not used, whatever the issuer says', async () => {
    const { state, renewed } = issuer()
    await renewed.get()
    state.failing = true
    await vi.advanceTimersByTimeAsync(HOUR)
    await expect(renewed.get()).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' })
    await vi.advanceTimersByTimeAsync(1_100)
    state.failing = false
    expect(await renewed.get()).toBe('token-2')
    renewed.close()
  })

  test('leaves an issuer alone for a second after it has failed', async () => {
    const { state, renewed } = issuer()
    state.failing = true
    await expect(renewed.get()).rejects.toBeInstanceOf(CredentialError)
    state.failing = false
    await expect(renewed.get()).rejects.toBeInstanceOf(CredentialError)
    expect(state.issued).toBe(0)
    renewed.close()
  })

  test('is waited for no longer than eight seconds', async () => {
    const { state, renewed } = issuer()
    state.stuck = true
    const refused = expect(renewed.get()).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' })
    await vi.advanceTimersByTimeAsync(8_000)
    await refused
    renewed.close()
  })
})
