import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mentionedIn } from './mentions.ts'

const ana = { id: 'ana', name: 'Ana Kovačić', email: 'ana.kovacic@northwind.example' }
const anabel = { id: 'anabel', name: 'Anabel', email: 'anabel@northwind.example' }
const people = [ana, anabel, { id: 'ana2', name: 'Ana', email: 'a@northwind.example' }]

test.each([
  ['@Ana Kovačić, can you look?', ['ana']],
  ['what does @ana.kovacic say', ['ana']],
  ['ask @ana.kovacic@northwind.example.', ['ana']],
  ['@ANABEL and @ana!', ['anabel', 'ana2']],
  ['@Ana Kovač is somebody else', ['ana2']],
  ['write to someone@ana.example', []],
  ['@Anabelle is nobody here', []],
  ['no one', []],
])('%s', (text, ids) => {
  expect(mentionedIn(text, people)).toEqual(ids)
})

test('whatever stands around it, a mentioned name is found and no text mentions anybody without an @', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      expect(mentionedIn(`${before} @Ana Kovačić ${after}`, people)).toContain('ana')
      expect(mentionedIn(before.replaceAll('@', ''), people)).toEqual([])
    }),
  )
})
