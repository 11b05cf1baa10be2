/** A text as detectors read it, and where its characters were. */
export interface CanonicalText {
  readonly text: string
  /** Position in the original of every character, and of the end. */
  readonly origins: Uint32Array
}

/** Letters of other scripts that look like those of ours, taken for them when they stand in one word with ours. */
const LOOK_ALIKES = new Map(
  [...'АВЕКМНОРСТХаеорсухіѕјԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο'].map((letter, at) => [
    letter.charCodeAt(0),
    'ABEKMHOPCTXaeopcyxisjdqwABEZHIKMNOPTYXo'.charCodeAt(at),
  ]),
)
const PERCENT = 37
const AMPERSAND = 38
const BACKSLASH = 92
const ESCAPE =
  /\\(?:u([0-9a-fA-F]{4})|([nrt"'/]))|%([2-7][0-9a-fA-F])|&(?:#(\d{2,3});|#x([0-9a-fA-F]{2});|(nbsp|amp|quot);)/y
const ENTITIES: Readonly<Record<string, number>> = { nbsp: 32, amp: 38, quot: 34 }

/**
 * Takes away what hides data from a detector: invisible characters, full-width and other digits, special spaces and
 * dashes, look-alike letters within a word (Unicode Technical Standard 39 calls them confusables), and escapes of JSON,
 * URLs and HTML.
 */
export function canonicalText(text: string): CanonicalText {
  const origins = new Uint32Array(text.length + 1)
  const plain = new Uint16Array(text.length)
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    let seen = code
    let skipped = 0
    if (code > 127) {
      seen = isSurrogate(code) ? plainPair(text, at) : (lookAlike(text, at, code) ?? plainCharacter(code))
      if (isSurrogate(code) && seen !== code) skipped = 1
    } else if (code === BACKSLASH || code === PERCENT || code === AMPERSAND) {
      ESCAPE.lastIndex = at
      const sequence = ESCAPE.exec(text)
      if (sequence) {
        seen = escapedCharacter(sequence)
        skipped = sequence[0].length - 1
      }
    }
    if (seen !== 0) {
      origins[length] = at
      plain[length++] = seen
    }
    at += skipped
  }
  origins[length] = text.length
  return { text: Buffer.from(plain.buffer, 0, length * 2).toString('utf16le'), origins }
}

/** Whether what stands here looks like, or hides between, what detectors look for. */
export function isDisguised(text: string, at: number, code: number): boolean {
  if (code > 127)
    return isSurrogate(code)
      ? plainPair(text, at) !== code
      : lookAlike(text, at, code) !== null || plainCharacter(code) !== code
  if (code !== BACKSLASH && code !== PERCENT && code !== AMPERSAND) return false
  ESCAPE.lastIndex = at
  return ESCAPE.test(text)
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

function escapedCharacter([, unicode, sign, percent, decimal, hex, name]: RegExpExecArray): number {
  if (unicode) return plainCharacter(Number.parseInt(unicode, 16))
  if (sign) return sign === 'n' || sign === 'r' ? 10 : sign === 't' ? 32 : sign.charCodeAt(0)
  if (decimal) return plainCharacter(Number(decimal))
  if (name) return ENTITIES[name] ?? 32
  return Number.parseInt(percent ?? hex ?? '20', 16)
}

/** What a letter of another script is taken for; null unless a letter or digit of ours touches it. */
function lookAlike(text: string, at: number, code: number): number | null {
  if (code < 0x391 || code > 0x51d) return null
  const plain = LOOK_ALIKES.get(code)
  return plain !== undefined && (isOurs(text.charCodeAt(at - 1)) || isOurs(text.charCodeAt(at + 1))) ? plain : null
}

function isOurs(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

/** The letter or digit that a mathematical one stands for, 0 for an invisible tag, else the first half as it is. */
function plainPair(text: string, at: number): number {
  const point = text.codePointAt(at) ?? 0
  if (point >= 0x1d7ce && point <= 0x1d7ff) return 48 + ((point - 0x1d7ce) % 10)
  if (point >= 0x1d400 && point <= 0x1d6a3) {
    const letter = (point - 0x1d400) % 52
    return letter < 26 ? 65 + letter : 71 + letter
  }
  return point >= 0xe0000 && point <= 0xe007f ? 0 : text.charCodeAt(at)
}

/** The character that one stands for; 0 when it is invisible. */
function plainCharacter(code: number): number {
  if (code < 0xa0) return code
  if (code === 0xa0 || code === 0x3000 || code === 0x202f || code === 0x205f) return 0x20
  if (code === 0xad || code === 0xfeff || code === 0x34f || code === 0x180e || code === 0x3164) return 0
  if (code >= 0x2060 && code <= 0x2064) return 0
  if (code >= 0xfe00 && code <= 0xfe0f) return 0
  if (code >= 0x2000 && code <= 0x200a) return 0x20
  if (code >= 0x200b && code <= 0x200f) return 0
  if (code >= 0x202a && code <= 0x202e) return 0
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0xfe58 || code === 0xfe63) return 0x2d
  if (code === 0x2028 || code === 0x2029) return 0x0a
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0
  for (const zero of [0x660, 0x6f0, 0x966]) if (code >= zero && code <= zero + 9) return code - zero + 0x30
  return code
}
