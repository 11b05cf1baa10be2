import { expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { deriveKey } from '#core/secrets.ts'
import { readDrill, signDrill } from './drill.ts'

const key = deriveKey('a secret of the installation for tests', 'failover-drill')
const instruction = {
  drillId: newId(),
  organizationId: newId(),
  keyId: newId(),
  modelId: newId(),
  fault: 'unreachable' as const,
  from: 1_000,
  until: 2_000,
  expiresAt: 3_000,
}

test('what was signed is read until it expires', () => {
  const value = signDrill(key, instruction)
  expect(readDrill(key, value, 2_999)).toEqual(instruction)
  expect(readDrill(key, value, 3_000)).toBeNull()
})

test('nothing else is read', () => {
  const value = signDrill(key, instruction)
  const [text = '', mac = ''] = value.split('.')
  const other = Buffer.from(JSON.stringify({ ...instruction, keyId: newId() })).toString('base64url')
  const forged = [`${other}.${mac}`, `${text}.`, text, '', '.', `${value}.${mac}`, `${text}.${mac.slice(0, -2)}`]
  for (const one of forged) expect(readDrill(key, one, 0)).toBeNull()
  expect(readDrill(deriveKey('another secret of an installation', 'failover-drill'), value, 0)).toBeNull()
})
