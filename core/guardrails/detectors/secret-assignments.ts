import { entropy } from '../checksums.ts'
import type { Match } from '../detector.ts'
import type { Scan } from '../scan.ts'

/** Words of names that hold a secret; each text is searched for them before anything else is done. */
const NAMES = [
  'key',
  'token',
  'secret',
  'passw',
  'pwd',
  'passphrase',
  'credential',
  'bearer',
  'basic ',
  '8q~',
  'accountkey',
  'sharedaccess',
]
const BEGIN = /(?:[\w.-]{0,30}?)(?:key|token|secret|passw(?:or)?d|pwd|passphrase|credentials?)[\w.-]{0,24}/y
const GLUE =
  /["'`]?(?:[ \t]*(?::=|=>|==?|:|,)[ \t]*|[ \t]+(?:is|was|to|as)[ \t]*:?[ \t]+|[ \t]+(?=["'`]))(?:new |str |string )?["'`]?/y
const VALUE = /[^\s"'`,;<>(){}[\]]{8,200}/y
const BEARER = /(?:bearer|basic)[ \t]+([A-Za-z0-9+/._~-]{16,1000}={0,2})/gi
const AZURE = /(?<![\w~.-])[\w~.-]{3}[5-8]Q~[\w.~-]{31,34}(?![\w~.-])/g

const PLACEHOLDER =
  /^(?:[x*.•_#-]+|<.*|\$.*|\{.*|%.*|process\.env.*|os\.environ.*|env\..*|null|undefined|none|true|false|example.*|changeme.*|change_me.*|replace.*|your[-_ ]?.*|my[-_].*|todo.*|.*\.\.\..*|https?:\/\/.*|\/.*|[a-z]+(?:[-_.][a-z]+)*|[A-Z]+(?:_[A-Z]+)*|[a-z]+(?:[A-Z][a-z]+)*(?:\(\))?|\d{1,10}|(?:.*)(?:example|placeholder|dummy|redacted)(?:.*))$/
const SECRET_WORDS = /passw|pwd|passphrase/

/**
 * Random text that is given to a name such as `api_key` or `password`. What people choose themselves has less
 * entropy than what a machine makes, so passwords need less of it, but a digit or a sign.
 */
export function findAssignments({ text, lower }: Scan, found: Match[]): void {
  if (!NAMES.some(name => lower.includes(name))) return
  if (/bearer |basic |q~/.test(lower)) findHeaders(text, found)
  for (const name of NAMES.slice(0, 7)) {
    for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + name.length))
      findFrom(text, lower, at, found)
  }
}

function findHeaders(text: string, found: Match[]): void {
  for (const match of text.matchAll(BEARER)) {
    const value = match[1] ?? ''
    if (entropy(value) < 3.3 || !/\d/.test(value)) continue
    const end = match.index + match[0].length
    found.push({ kind: 'authorization_header', start: end - value.length, end })
  }
  if (!text.includes('Q~')) return
  for (const match of text.matchAll(AZURE)) {
    found.push({ kind: 'azure_client_secret', start: match.index, end: match.index + match[0].length })
  }
}

function findFrom(text: string, lower: string, at: number, found: Match[]): void {
  const name = lastMatch(BEGIN, lower, at)
  if (name === null) return
  const glue = lastMatch(GLUE, text, name)
  if (glue === null) return
  const end = lastMatch(VALUE, text, glue)
  if (end === null) return
  const value = text.slice(glue, end).replace(/[.:!?]+$/, '')
  const isPassword = SECRET_WORDS.test(lower.slice(at, name))
  if (isRandom(value, isPassword))
    found.push({ kind: isPassword ? 'password' : 'generic_secret', start: glue, end: glue + value.length })
}

/** Where the match that begins exactly here ends; null when there is none. */
function lastMatch(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

function isRandom(value: string, isPassword: boolean): boolean {
  if (value.length < 8 || PLACEHOLDER.test(value)) return false
  if (isPassword) return /[\d!@#$%^&*?~+=]/.test(value) && entropy(value) >= 2.4
  return value.length >= 10 && /\d/.test(value) && /[A-Za-z]/.test(value) && entropy(value) >= 3
}
