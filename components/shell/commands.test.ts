import { expect, test } from 'vitest'
import { matchingCommands } from './commands.ts'

const groups = [
  {
    label: 'Go to',
    commands: [
      { id: '1', label: 'API keys', hint: 'Build', keywords: ['token'] },
      { id: '2', label: 'Spend', hint: 'Finance' },
    ],
  },
]
const found = (query: string) => matchingCommands(groups, query).flatMap(group => group.commands.map(({ id }) => id))

test('every word must occur, in label, hint or keywords', () => {
  expect(found('build key')).toEqual(['1'])
  expect(found('TOKEN')).toEqual(['1'])
  expect(found('build spend')).toEqual([])
  expect(found(' ')).toEqual(['1', '2'])
})
