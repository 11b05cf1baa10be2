import { parseKey } from '../../api-key.ts'
import type { Detector, Match } from '../detector.ts'
import type { Span } from '../runs.ts'
import type { Scan } from '../scan.ts'
import { findCommandPasswords, isPlaceholder } from './command-passwords.ts'
import { findAssignments } from './secret-assignments.ts'
import { SECRET_FORMATS, type SecretFormat } from './secret-formats.ts'

const PEM = /-{4,5} ?BEGIN[ A-Za-z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)? ?-{4,5}|PuTTY-User-Key-File-\d/gi
const PEM_END = /-{4,5} ?END[ A-Za-z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)? ?-{4,5}/gi
const ADDRESS_PASSWORD = /:\/\/[^\s:@/]{0,64}:([^\s:@/"'`<>]{3,128})@[\w.-]/y
/** Keys of Azure's services say near their end whose they are. */
const AZURE_KEY =
  /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{33,80}(?:AzFu|AzSe|\+?ACDb|\+ASt|\+ACR|APim|AIoT)[A-Za-z0-9+/]{4,8}={0,2}(?![A-Za-z0-9+/=])/
const AZURE_LEAST = 40
const CLUSTER_SECRET = /\bkind["']?[ \t]*:[ \t]*["']?secret\b/i
const CLUSTER_DATA =
  /\bdata["']?[ \t]*:\s*\{?\s*["']?[\w.-]+["']?[ \t]*:[ \t]*(?:[|>][+-]?\s+)?["']?([A-Za-z0-9+/]{12,}={0,2})(?![\w{])/gi
const GATEHOUSE = /gh_(?:live|playground|st)_[0-9A-Za-z]{12}_[0-9A-Za-z]{38}/g

/** The formats by their first two characters: a token is compared only with those that can fit. */
const NO_FORMATS = 0
const formatsOf: SecretFormat[][] = [[]]
const listAt = new Uint8Array(1 << 14)
for (const format of SECRET_FORMATS) {
  for (const prefix of format.prefixes) {
    const pair = pairOf(prefix, 0)
    if (listAt[pair] === NO_FORMATS) listAt[pair] = formatsOf.push([]) - 1
    formatsOf[listAt[pair] ?? NO_FORMATS]?.push(format)
  }
}

/** Two characters of a token as one number. */
function pairOf(text: string, at: number): number {
  return (text.charCodeAt(at) << 7) | text.charCodeAt(at + 1)
}

/** Keys of known issuers by their format, private keys, passwords in addresses, and assignments of random text. */
export const secrets: Detector = {
  id: 'secret',
  find(scan) {
    const { text, longTokens } = scan
    const found: Match[] = []
    findPrivateKeys(scan, found)
    const mayBeOwn = text.includes('gh_')
    let longest = 0
    for (const token of longTokens) {
      const length = token.end - token.start
      if (length > longest) longest = length
      if (mayBeOwn) findOwnKeys(text, token, found)
      findFormats(text, token, found)
      if (length > AZURE_LEAST) findAzureKey(text, token, found)
      if (length >= ISSUED_LEAST) findIssuedKey(text, token, found)
    }
    if (scan.hasAddress) findAddressPasswords(text, found)
    findOddFormats(text, longest, found)
    findPasswordHashes(text, found)
    findCommandPasswords(scan, found)
    if (scan.secretNames.length > 0 && scan.lower.includes('secret')) findClusterSecrets(text, found)
    findAssignments(scan, found)
    return found
  },
}

function findPrivateKeys({ text }: Scan, found: Match[]): void {
  if (!text.includes('---') && !text.includes('PuTTY-User-Key')) return
  PEM.lastIndex = 0
  for (let match = PEM.exec(text); match; match = PEM.exec(text)) {
    PEM_END.lastIndex = match.index
    const end = PEM_END.exec(text)
    const stop = end ? end.index + end[0].length : text.length
    PEM.lastIndex = stop
    // Documentation shows the frame with nothing in it.
    if (end && !/[A-Za-z0-9+/]{16}/.test(text.slice(match.index + match[0].length, end.index))) continue
    found.push({ kind: 'private_key', start: match.index, end: stop })
  }
}

function findFormats(text: string, token: Span, found: Match[]): void {
  const last = token.end - 8
  let wasWord = false
  for (let at = token.start; at < last; at++) {
    const begins = !wasWord
    wasWord = isWord(text.charCodeAt(at))
    const list = begins ? (listAt[pairOf(text, at)] ?? NO_FORMATS) : NO_FORMATS
    if (list === NO_FORMATS) continue
    const match = matchOf(formatsOf[list] ?? [], text, at)
    if (!match) continue
    found.push(match)
    at = match.end - 1
    wasWord = isWord(text.charCodeAt(at))
  }
}

function matchOf(formats: readonly SecretFormat[], text: string, at: number): Match | null {
  for (const { kind, pattern, valid } of formats) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match && (!valid || valid(match[0]))) return { kind, start: at, end: at + match[0].length }
  }
  return null
}

/** Formats that begin with nothing of their own: Facebook's, Telegram's, Mailchimp's, MaxMind's, and logins for curl. */
const DISCORD = /(?<![\w.-])[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])/g
/** A token of theirs has so many characters. */
const DISCORD_LEAST = 59
/** Hashes of passwords as `crypt` and Kerberos keep them: what was chosen badly is found out from them. */
const PASSWORD_HASH =
  /\$(?:2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}|[1568]\$(?:rounds=\d{1,9}\$)?[^\s$:]{1,16}\$[./A-Za-z0-9]{22,86}|argon2(?:id|i|d)\$[\w$=,./+]{30,200}|krb5(?:asrep|tgs)\$[\w$@.*:/-]{40,2000})/y

/** How issuers write keys nowadays: their name, what sort of key it is, and what was drawn. */
const ISSUED =
  /(?<![\w-])[a-z][a-z0-9]{1,11}_(?:live|prod|pat|sk|key|token|secret|api|auth)_(?=[A-Za-z_]{0,40}\d)[A-Za-z0-9]{20,120}(?!\w)/g
const ISSUED_LEAST = 26
const LARGE = /[a-z]/
const ODD_FORMATS: readonly [kind: string, hint: string, pattern: RegExp][] = [
  ['facebook_token', '|', /(?<!\w)\d{15,16}\|[\w-]{27,40}(?!\w)/g],
  ['telegram_bot_token', ':A', /(?<!\w)\d{8,10}:A[\w-]{34}(?![\w-])/g],
  ['mailchimp_key', '-us', /(?<!\w)[0-9a-f]{32}-us\d{1,2}(?!\w)/g],
  ['maxmind_key', '_mmk', /(?<!\w)[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk(?!\w)/g],
  ['azure_signature', 'sig=', /(?<![\w-])sig=[A-Za-z0-9%+/]{40,80}(?:%3D|=)/g],
  ['jenkins_secret', 'AQAAABAA', /\{(?:[^{}\s]{1,80} ){0,3}AQAAABAA[\w+/=.@: -]{16,}\}/g],
  ['sidekiq_license', 'CONTRIBSYS', /CONTRIBSYS__COM["' ]{0,3}[=:][\s"']{0,4}[0-9a-f]{8}:[0-9a-f]{8}(?!\w)/g],
  [
    'sumo_logic_id',
    'umo',
    /(?<=sumo[\w.-]{0,30}["'`\s]{0,3}(?:=>|[:?]{0,3}=|[:,>])["'`\s]{0,5})su[A-Za-z0-9]{12}(?!\w)/gi,
  ],
  [
    'sourcegraph_token',
    'ourcegraph',
    /(?<=sourcegraph[\w.-]{0,20}["'`\s]{0,3}[=:,>]{1,3}["'`\s]{0,5})[0-9a-f]{40}(?!\w)/gi,
  ],
]

function findOddFormats(text: string, longest: number, found: Match[]): void {
  for (const [kind, hint, pattern] of ODD_FORMATS) {
    if (!text.includes(hint) && !(LARGE.test(hint) && text.includes(hint.toUpperCase()))) continue
    addAll(kind, pattern, text, found)
  }
  if (longest >= DISCORD_LEAST) addAll('discord_bot_token', DISCORD, text, found)
}

function addAll(kind: string, pattern: RegExp, text: string, found: Match[]): void {
  for (const match of text.matchAll(pattern)) {
    found.push({ kind, start: match.index, end: match.index + match[0].length })
  }
}

function findAzureKey(text: string, { start, end }: Span, found: Match[]): void {
  const key = AZURE_KEY.exec(text.slice(start, end))
  if (key) found.push({ kind: 'azure_key', start: start + key.index, end: start + key.index + key[0].length })
}

function findIssuedKey(text: string, { start, end }: Span, found: Match[]): void {
  const token = text.slice(start, end)
  if (token.includes('_'))
    for (const match of token.matchAll(ISSUED)) {
      found.push({ kind: 'issued_key', start: start + match.index, end: start + match.index + match[0].length })
    }
}

function findPasswordHashes(text: string, found: Match[]): void {
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
    PASSWORD_HASH.lastIndex = at
    if (!PASSWORD_HASH.test(text)) continue
    found.push({ kind: 'password_hash', start: at, end: PASSWORD_HASH.lastIndex })
    at = PASSWORD_HASH.lastIndex - 1
  }
}

/** What a manifest of the kind Secret holds: Base64, which anybody reads. */
function findClusterSecrets(text: string, found: Match[]): void {
  if (!CLUSTER_SECRET.test(text)) return
  for (const match of text.matchAll(CLUSTER_DATA)) {
    const end = match.index + match[0].length
    found.push({ kind: 'kubernetes_secret', start: end - (match[1]?.length ?? 0), end })
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
    if (!password || isPlaceholder(password)) continue
    const start = text.indexOf(`:${password}@`, at + 3) + 1
    found.push({ kind: 'address_password', start, end: start + password.length })
  }
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}
