import { describe, expect, it } from 'vitest'
import { parseKey, secretMatches } from '../core/api-key.ts'
import { CONFIG_DOCUMENTS, KeyDocument, ProviderDocument } from '../core/contracts/config-documents.ts'
import { deriveKey, open } from '../core/secrets.ts'
import { plainConfig } from './plain-config.ts'

describe('plainConfig', () => {
  const secret = 'a secret of the benchmark, long enough'
  const { rows, key } = plainConfig('http://127.0.0.1:4010', secret)
  const documentOf = (kind: string) => rows.find(row => row.kind === kind)

  it('holds documents that a gateway accepts', () => {
    for (const row of rows) expect(CONFIG_DOCUMENTS[row.kind].safeParse(row.doc).error?.issues ?? []).toEqual([])
    expect(new Set(rows.map(row => row.version)).size).toBe(rows.length)
  })

  it('admits its key and opens its credential', () => {
    const document = KeyDocument.parse(documentOf('key')?.doc)
    const hash = Buffer.from(document.secretHash, 'base64url')
    expect(secretMatches(deriveKey(secret, 'api-key-hash'), parseKey(key)?.secret ?? '', hash)).toBe(true)
    const provider = documentOf('provider')
    const sealed = ProviderDocument.parse(provider?.doc).credential ?? ''
    expect(open(deriveKey(secret, 'credential'), `provider:${provider?.id}`, sealed)).toBe('sandbox-credential')
  })
})
