import { expect, test } from 'vitest'
import { similarModels } from './similar-models.ts'

const CATALOG = [
  { identifier: 'gpt-5', displayName: 'GPT-5', aliases: ['thorough'] },
  { identifier: 'gpt-5-mini', displayName: 'GPT-5 mini' },
  { identifier: 'claude-sonnet-4-5', displayName: 'Claude Sonnet 4.5' },
  { identifier: 'text-embedding-3-large', displayName: 'Text embedding 3 large' },
]
const found = (name: string) => similarModels(name, CATALOG).map(({ identifier }) => identifier)

test.each([
  ['gpt-5', ['gpt-5', 'gpt-5-mini']],
  ['GPT-5 Mini', ['gpt-5-mini', 'gpt-5']],
  ['thorough', ['gpt-5']],
  ['claude-sonnet-4-6', ['claude-sonnet-4-5']],
  ['mistral-large', []],
  ['g', []],
])('%s may be meant as %j', (name, expected) => {
  expect(found(name)).toEqual(expected)
})
