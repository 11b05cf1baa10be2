import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeTokens } from './code-tokens.ts'

test('tells comments and strings from the rest', () => {
  expect(codeTokens('# pip install openai\nclient = OpenAI(key="gh_live")')).toEqual([
    { kind: 'comment', text: '# pip install openai' },
    { kind: 'plain', text: '\nclient = OpenAI(key=' },
    { kind: 'string', text: '"gh_live"' },
    { kind: 'plain', text: ')' },
  ])
})

test('an address is no comment, a hash inside a string neither', () => {
  expect(codeTokens('curl https://gatehouse.example/v1 "#a"').map(token => token.kind)).toEqual(['plain', 'string'])
})

test('loses no character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), code => {
      expect(
        codeTokens(code)
          .map(token => token.text)
          .join(''),
      ).toBe(code)
    }),
  )
})
