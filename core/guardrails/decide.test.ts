import { describe, expect, test } from 'vitest'
import { type DetectorRule, decide, doneBy, type GuardrailAction } from './decide.ts'

const TIERS = ['Public', 'Internal', 'Restricted'].map((name, rank) => ({ name, rank }))
const [PUBLIC, , RESTRICTED] = TIERS as [(typeof TIERS)[0], (typeof TIERS)[0], (typeof TIERS)[0]]
const every = (action: GuardrailAction) => Object.fromEntries(TIERS.map(tier => [tier.name, action]))
const rule = (detector: string, change: Partial<DetectorRule>): DetectorRule => ({
  id: `rule-${detector}`,
  detector,
  enabled: true,
  shadow: false,
  actions: every('log'),
  appliesTo: 'request',
  raiseTo: null,
  ...change,
})
const rules = (...list: DetectorRule[]) => new Map(list.map(one => [one.detector, one]))
const found = (detector: string, maskable = true) => ({
  detector,
  kind: detector,
  location: 'messages.0',
  count: 1,
  maskable,
})

describe('decide', () => {
  test('raises first, and the others act at the tier that results', () => {
    const email = rule('email', { actions: { Public: 'log', Restricted: 'mask' } })
    const card = rule('card', { actions: every('raise'), raiseTo: 'Restricted' })
    const result = decide([found('email'), found('card')], rules(email, card), TIERS, PUBLIC)
    expect(result.tier).toBe(RESTRICTED)
    expect(result.raisedBy?.detector).toBe('card')
    expect(result.findings.map(finding => finding.action)).toEqual(['mask', 'raise'])
  })

  test('never lowers a tier', () => {
    const card = rule('card', { actions: every('raise'), raiseTo: 'Public' })
    expect(decide([found('card')], rules(card), TIERS, RESTRICTED).tier).toBe(RESTRICTED)
  })

  test('a shadow rule counts and does nothing', () => {
    const card = rule('card', { actions: every('block'), shadow: true })
    const result = decide([found('card')], rules(card), TIERS, PUBLIC)
    expect(result.blocked).toBeNull()
    expect(result.findings).toMatchObject([{ action: 'block', shadow: true }])
  })

  test('what cannot be masked is blocked', () => {
    const card = rule('card', { actions: every('mask') })
    expect(decide([found('card', false)], rules(card), TIERS, PUBLIC).blocked?.detector).toBe('card')
    expect(decide([found('card', true)], rules(card), TIERS, PUBLIC).blocked).toBeNull()
  })

  test('where something blocks, nothing is masked', () => {
    const card = rule('card', { actions: every('mask') })
    const secret = rule('secret', { actions: every('block') })
    const phone = rule('phone', { actions: every('mask'), shadow: true })
    const actions = (...which: string[]) =>
      doneBy(
        decide(
          which.map(one => found(one)),
          rules(card, secret, phone),
          TIERS,
          PUBLIC,
        ),
      ).map(one => one.action)
    expect(actions('card', 'phone')).toEqual(['mask', 'mask'])
    expect(actions('card', 'secret', 'phone')).toEqual(['log', 'block', 'mask'])
  })

  test('what no rule names, or one that is off, is left out', () => {
    const off = rule('card', { enabled: false, actions: every('block') })
    expect(decide([found('card'), found('phone')], rules(off), TIERS, PUBLIC).findings).toEqual([])
  })
})
