import { entropy } from '../checksums.ts'
import type { Match } from '../detector.ts'
import type { Scan } from '../scan.ts'
import { hasTrigger } from '../scan-places.ts'
import { TRIGGER } from '../trigger-words.ts'

/** What names of secrets have in them, wherever in the name; of some languages the end of the word. */
const BEGIN =
  /(?:key|token|secret|passw(?:or[dt]|d)|pwd|passphrase|passe(?=[ \t]*[:=])|nnwort|wachtwoord|se(?:[ñn]|nh)a(?=[ \t]*[:=])|credentials?|creds|auth|access)(?:[\w.-]{0,24}|[\w.-]{0,12} (?:key|token|secret|password|code|id))/y
/** The rest of a name that begins with a vendor's. */
const VENDOR_NAME = /[\w.-]{2,50}(?:[ \t][\w.-]{1,20}){0,2}/y
/** What assigns, in the commoner languages and formats: = := ::= => ?= .= : , and the end of a tag. */
const GLUE =
  /["'`\])]{0,2}(?:[ \t]*:?[ \t]+(?:string|str|const char ?\*))?(?:[ \t]*(?::{1,3}=|=>|={1,3}|\?\??=|[.+]=|\|\||:|,)[ \t]*|[ \t]*\/?>\s*|[ \t]+(?:is|was|to|as)[ \t]*:?[ \t]+|[ \t]+(?:-[ \t]+)?(?=["'`])|[ \t]+value=|\([ \t]*(?=["'`]))(?:new |str |string |b(?=["']))?["'`]{0,3}/iy
const VALUE = /[^\s"'`,;<>(){}[\]]{6,200}/y
const BEARER = /(?:bearer|basic|token|apikey)[ \t]+([A-Za-z0-9+/._~-]{16,1000}={0,2})/gi
const HEADERS = ['bearer ', 'basic ', 'token ', 'apikey ']
const AZURE = /(?<![\w~.-])[\w~.-]{3}\dQ~[\w.~-]{31,34}(?![\w~.-])/g

const PLACEHOLDER =
  /^(?:[x*.•_#-]+|<.*|\$.*|\{.*|%.*|process\.env.*|os\.environ.*|env\..*|null|undefined|none|true|false|example.*|changeme.*|change_me.*|replace.*|your[-_ ]?.*|my[-_].*|todo.*|.*\.\.\..*|[a-z][a-z+]*:\/\/[^@]*|\/.*|[a-z]+(?:[-_.][a-z]+)*|[A-Z]+(?:_[A-Z]+)*|[a-z]+(?:[A-Z][a-z]+)*(?:\(\))?|\d{1,10}|(?:.*)(?:example|placeholder|dummy|redacted)(?:.*))$/
const SECRET_WORDS = /pass[we]|pwd|passphrase|nnwort|wachtw|^se[ñn]h?a/
/** An option of a command, which has its value behind a space. */
const OPTION = /(?:^|\s)--(?!recv|send)[\w-]*[^\Ws]$/
const SPACE = /[ \t]{1,4}["'`]?/y
/** Names that hold what identifies or describes, and nothing secret. */
const HARMLESS =
  /(?:public|primary|foreign|partition|sort|cache|idempotency|natural|(?<!bit)bucket|row|object|routing|translation|sequence|schema|hot|row|index|group|license|lookup|message|page|next|continuation|cursor|csrf|turn|\bmon|\bdon)[ _.-]?(?:key|token)|key[ _.-]?(?:id|name|word|board|code|alias|length|size|ring|path|file|frame|pair|stone|type|vault|person|note|figure|account|takeaway|date|up|down)|tokeni[sz]e|token[ _.-]?(?:type|count|limit|length|name|ur[il]|endpoint|budget|usage|id\b)|credentials?[ _.-]?id|secrets?[ _.-]?(?:name|id|length|size|manager|arn|path|ary)|author(?!i[sz])|accessib|accessor|access[ _.-]?(?:log|level|point|type|control|id|mode|list|time|right)|auth[ _.-]?(?:ur[il]|type|method|mode|endpoint|provider|entication.?results)|sha(?:-?\d|_|\b)|md5|hash|digest|checksum|commit|integrity|fingerprint|keywords|accesses|accessed/
const WEAK_NAMES = /^(?:auth|access)/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const UUID_NAMES = /api[ _.-]?key|secret|token/
const VENDOR_LEAST = 14
const LONGEST_OPTION = 40

/**
 * Random text that is given to a name such as `api_key` or `password`, or to one with a vendor's name in it. What
 * people choose themselves has less entropy than what a machine makes, so passwords need less of it, but a digit or a
 * sign.
 */
export function findAssignments(scan: Scan, found: Match[]): void {
  const { text, lower } = scan
  if (text.includes('Q~')) findAzure(text, found)
  for (const at of scan.secretNames) findFrom(text, lower, at, found)
  if (HEADERS.some(word => lower.includes(word))) findHeaders(text, found)
  if (hasTrigger(scan, 'vendor')) findOfVendors(scan, found)
}

function findHeaders(text: string, found: Match[]): void {
  for (const match of text.matchAll(BEARER)) {
    const value = match[1] ?? ''
    const isDrawn = entropy(value) >= 3.3 && /\d/.test(value) && /[A-Za-z]/.test(value)
    if (!isDrawn && !isLogin(value)) continue
    const end = match.index + match[0].length
    found.push({ kind: 'authorization_header', start: end - value.length, end })
  }
}

/** A name and a password with a colon between, in Base64 (RFC 7617). */
function isLogin(value: string): boolean {
  return /^[!-9;-~]{1,64}:[!-~]{4,128}$/.test(Buffer.from(value, 'base64').toString('latin1'))
}

function findAzure(text: string, found: Match[]): void {
  for (const match of text.matchAll(AZURE)) {
    found.push({ kind: 'azure_client_secret', start: match.index, end: match.index + match[0].length })
  }
}

function findFrom(text: string, lower: string, at: number, found: Match[]): void {
  const name = lastMatch(BEGIN, lower, at)
  if (name === null) return
  const isPassword = SECRET_WORDS.test(lower.slice(at, name))
  const value = valueAfter(text, name) ?? valueBehindSpace(text, name, isPassword)
  if (value === null) return
  const words = lower.slice(Math.max(0, at - 14), name)
  if (HARMLESS.test(words)) return
  const plain = text.slice(value.start, value.end)
  if (!isRandom(plain, isPassword)) return
  if (!isPassword && UUID.test(plain) && !UUID_NAMES.test(words)) return
  if (WEAK_NAMES.test(lower.slice(at, name)) && (plain.length < 16 || entropy(plain) < 3.5)) return
  found.push({ kind: isPassword ? 'password' : 'generic_secret', ...value })
}

/** Random text given to a name that begins with a vendor's, such as `datadogApp` or `heroku_id`. */
function findOfVendors({ text, lower, words, wordTriggers }: Scan, found: Match[]): void {
  for (let at = 0; at < words.length; at++) {
    if (((wordTriggers[at] ?? 0) & TRIGGER.vendor) === 0) continue
    const start = words[at] ?? 0
    // Names of Amazon's resources say `arn:aws:` and then where they are.
    if (lower.startsWith('arn:', start - 4)) continue
    for (let name = lastMatch(VENDOR_NAME, text, start); name !== null && name > start; ) {
      const value = valueAfter(text, name)
      if (value !== null) {
        const plain = text.slice(value.start, value.end)
        const named = lower.slice(start, name)
        const isDrawn = isRandom(plain, false) || (/^\d{15,}$/.test(plain) && UUID_NAMES.test(named))
        const isSecret = plain.length >= VENDOR_LEAST && isDrawn && !HARMLESS.test(named)
        if (isSecret) found.push({ kind: 'vendor_secret', ...value })
        break
      }
      const space = text.slice(start, name).lastIndexOf(' ')
      name = space > 0 ? start + space : null
    }
  }
}

/** The value that is assigned to the name which ends here; null when none is. */
function valueAfter(text: string, name: number): { start: number; end: number } | null {
  const start = lastMatch(GLUE, text, name)
  const end = start === null ? null : lastMatch(VALUE, text, start)
  if (start === null || end === null) return null
  const value = text.slice(start, end).replace(/[.:!?]+$/, '')
  const isQuoted = /["'`]/.test(text[start - 1] ?? '')
  if (!isQuoted && text[end] === '(') return null
  return { start, end: start + value.length }
}

/** A name whose value may stand right behind it, and a value that only a machine can have drawn. */
const KEY_NAME = /(?:key|token|secret)$/i
const DRAWN = /^(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[\w+/=.-]{20,200}$/
const DRAWN_LEAST = 3.3

/**
 * The value behind an option such as `--api-key`, or right behind a name: a password that is nothing else, or a key
 * that is random throughout, since people write "key account" too.
 */
function valueBehindSpace(text: string, name: number, isPassword: boolean): { start: number; end: number } | null {
  const next = text.charCodeAt(name)
  if (next !== 32 && next !== 9) return null
  const before = text.slice(Math.max(0, name - LONGEST_OPTION), name)
  const isOption = before.includes('--') && OPTION.test(before)
  if (!isOption && !isPassword && !KEY_NAME.test(before)) return null
  const start = lastMatch(SPACE, text, name)
  const end = start === null ? null : lastMatch(VALUE, text, start)
  if (start === null || end === null) return null
  const value = text.slice(start, end)
  const isKey = !isPassword && DRAWN.test(value) && entropy(value) >= DRAWN_LEAST
  return isOption || isKey || (isPassword && isStrong(value)) ? { start, end } : null
}

/** Large and small letters or a sign, and digits, as in no word: people write "password policy" too. */
function isStrong(value: string): boolean {
  if (value.length < 8 || !/\d/.test(value) || !/[a-z]/i.test(value) || isOfWords(value)) return false
  return /[!@#$%^&*?~+=]/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value))
}

/** Where the match that begins exactly here ends; null when there is none. */
function lastMatch(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

function isRandom(value: string, isPassword: boolean): boolean {
  if (PLACEHOLDER.test(value)) return false
  if (isPassword && value.length < 8) return /\d/.test(value) && /[A-Za-z]/.test(value) && entropy(value) >= 2.4
  if (isPassword) return /[\d!@#$%^&*?~+=]/.test(value) && entropy(value) >= 2.4
  if (value.length < 10 || !/\d/.test(value) || !/[A-Za-z]/.test(value) || entropy(value) < 3) return false
  return !isOfWords(value) && !NO_SECRET.test(value)
}

/** Hosts, files, comparisons, and all letters of an alphabet. */
const NO_SECRET =
  /^(?:[\w-]+\.)+(?:com|net|org|io|dev|app|local|internal|gov|edu|co|uk|eu|de|fr)(?::\d+)?$|^[\w./-]+\.(?:p12|pem|crt|cer|jks|pfx|json|ya?ml|txt|js|ts|py|md|conf|ini|xml)$|\w==\w|^[\w-]{2,20}=[a-z]{2,12}$|^(?=.*abcdefghijklmnopqrstuvwxyz)(?=.*0123456789)[\w.+/-]{36,66}$/i
/** A word, a few of them in `camelCase`, an abbreviation or a number, each with a short number behind it. */
const WORD = /^(?:[A-Z]?[a-z]+(?:[A-Z][a-z]+){0,2}\d{0,5}|[a-z]?[A-Z]{1,16}\d{0,4}|\d{1,10})$/

/** A name such as `claude-3-haiku-20240307` or `Base64EncodeFileData`: what a machine draws has no words in it. */
function isOfWords(value: string): boolean {
  const parts = value.replace(/^_/, '').split(/[-_.]/)
  if (parts.length > 1 && parts.every(part => part === '' || WORD.test(part))) return true
  let letters = 0
  for (const [hump] of value.matchAll(/[A-Z]?[a-z]{3,}(?=[A-Z]|$)|[A-Z][a-z]{3,}/g)) letters += hump.length
  return /[A-Z]/.test(value) && letters * 2 > value.length
}
