import { expect, test } from 'vitest'
import { CreateModelInput } from '#lib/models/schema.ts'
import { emptyModelForm, modelFactsOf } from './model-form-values.ts'

const providerId = '01a0464b-76b9-7f62-9167-205cf665e630'

test('the least that can be typed is a model', () => {
  const facts = modelFactsOf(emptyModelForm(providerId))
  expect(CreateModelInput.parse({ providerId, identifier: 'm', ...facts })).toMatchObject({
    dialects: ['chat'],
    modalities: ['text'],
    contextWindow: null,
    aliases: [],
  })
})

test('lists are read between commas, once each, labels in their stored form', () => {
  const typed = { ...emptyModelForm(providerId), aliases: 'a, b,a ', capabilities: 'Tools, structured output' }
  expect(modelFactsOf(typed)).toMatchObject({ aliases: ['a', 'b'], capabilities: ['tools', 'structured_output'] })
})

test('numbers may have separators; what is none is left for the verb to refuse', () => {
  const typed = { ...emptyModelForm(providerId), contextWindow: '128,000', maxOutputTokens: 'many' }
  expect(modelFactsOf(typed)).toMatchObject({ contextWindow: 128_000, maxOutputTokens: 'many' })
})
