import { expect, test } from 'vitest'
import { parseInput } from '#lib/platform/errors.ts'
import { ExplainRoutingInput } from '#lib/routes/explain-schema.ts'
import { explainHref, NO_QUESTION, questionInput, questionOf } from './explain-address.ts'

test('an address holds what differs from an empty form, and gives it back', () => {
  expect(explainHref({})).toBe('/operate/routes/explain')
  const question = {
    ...NO_QUESTION,
    team: 'a',
    model: 'gpt-5',
    tier: 'Restricted',
    sources: 'crm,erp',
    input: '20000',
    answers: '3',
    parameters: '{"n": 2}',
    budget: true,
  }
  const href = explainHref(question)
  expect(href).toBe(
    '/operate/routes/explain?team=a&model=gpt-5&tier=Restricted&sources=crm%2Cerp&input=20000&answers=3&parameters=%7B%22n%22%3A+2%7D&budget=1',
  )
  expect(questionOf(Object.fromEntries(new URL(href, 'http://x').searchParams))).toEqual(question)
  expect(questionInput(question)).toMatchObject({ dataSources: ['crm', 'erp'], answers: 3, parameters: { n: 2 } })
})

test('parameters that are no JSON are passed on, for the verb to name the rule', () => {
  expect(questionInput(NO_QUESTION)).toMatchObject({ parameters: {} })
  const input = questionInput({ ...NO_QUESTION, model: 'm', parameters: '{tools}' })
  expect(input).toMatchObject({ parameters: '{tools}' })
  expect(() => parseInput(ExplainRoutingInput, input)).toThrow('a JSON object, such as {"tools": []}')
})

test('a key brings its own team, and what is no number stays as typed', () => {
  const input = questionInput({ ...NO_QUESTION, key: 'k', team: 't', model: 'm', input: '1,000', output: 'many' })
  expect(input).toMatchObject({
    keyId: 'k',
    teamId: null,
    inputTokens: 1000,
    maxOutputTokens: 'many',
    tier: null,
    dataSources: [],
  })
})
