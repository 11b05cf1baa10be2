import { parseKey } from '../../api-key.ts'
import type { Detector, Match } from '../detector.ts'
import type { Scan, Span } from '../scan.ts'
import { findAssignments } from './secret-assignments.ts'
import { SECRET_FORMATS, type SecretFormat } from './secret-formats.ts'

const PEM = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g
const PEM_END = /-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g
const ADDRESS_PASSWORD = /:\/\/[^\s:@/]{0,64}:([^\s:@/]{3,128})@[\w.-]/y
const GATEHOUSE = /gh_(?:live|playground|st)_[0-9A-Za-z]{12}_[0-9A-Za-z]{38}/g
const PLACEHOLDER =
  /^(?:[x*.•_-]+|<.*>|\$\{.*\}|\{\{.*\}\}|%s|password|pass|pwd|secret|user|changeme|example|your[-_].*)$/i

/** The formats by their first two characters: a token is compared only with those that can fit. */
const byStart = new Map<string, SecretFormat[]>()
for (const format of SECRET_FORMATS) {
  for (const prefix of format.prefixes) {
    const start = prefix.slice(0, 2)
    byStart.set(start, [...(byStart.get(start) ?? []), format])
  }
}

/** Keys of known issuers by their format, private keys, passwords in addresses, and assignments of random text. */
export const secrets: Detector = {
  id: 'secret',
  find(scan) {
    const found: Match[] = []
    findPrivateKeys(scan, found)
    for (const token of scan.longTokens) findFormats(scan.text, token, found)
    if (scan.hasAddress) findAddressPasswords(scan.text, found)
    findAssignments(scan, found)
    return found
  },
}

function findPrivateKeys({ text }: Scan, found: Match[]): void {
  if (!text.includes('-----BEGIN')) return
  PEM.lastIndex = 0
  for (let match = PEM.exec(text); match; match = PEM.exec(text)) {
    PEM_END.lastIndex = match.index
    const end = PEM_END.exec(text)
    found.push({ kind: 'private_key', start: match.index, end: end ? end.index + end[0].length : text.length })
    PEM.lastIndex = found.at(-1)?.end ?? text.length
  }
}

function findFormats(text: string, token: Span, found: Match[]): void {
  if (text.startsWith('gh_', token.start) || text.slice(token.start, token.end).includes('gh_'))
    findOwnKeys(text, token, found)
  for (let at = token.start; at < token.end - 8; at++) {
    if (at > token.start && isWord(text.charCodeAt(at - 1))) continue
    for (const format of byStart.get(text.slice(at, at + 2)) ?? []) {
      format.pattern.lastIndex = at
      const match = format.pattern.exec(text)
      if (!match || (format.valid && !format.valid(match[0]))) continue
      found.push({ kind: format.kind, start: at, end: at + match[0].length })
      at += match[0].length - 1
      break
    }
  }
}

/** Keys of this product carry a checksum, so that a look-alike is none. */
function findOwnKeys(text: string, token: Span, found: Match[]): void {
  const slice = text.slice(token.start, token.end)
  for (const match of slice.matchAll(GATEHOUSE)) {
    if (!parseKey(match[0])) continue
    const start = token.start + match.index
    found.push({ kind: 'gatehouse_key', start, end: start + match[0].length })
  }
}

function findAddressPasswords(text: string, found: Match[]): void {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    ADDRESS_PASSWORD.lastIndex = at
    const password = ADDRESS_PASSWORD.exec(text)?.[1]
    if (!password || PLACEHOLDER.test(password)) continue
    const start = text.indexOf(`:${password}@`, at + 3) + 1
    found.push({ kind: 'address_password', start, end: start + password.length })
  }
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}
