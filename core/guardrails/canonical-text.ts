/** Characters that look like, or hide between, those that detectors look for. */
const DISGUISED =
  /[\u00a0\u00ad\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u2000-\u2015\u2028-\u202f\u205f-\u2064\u2212\u3000\ufe58\ufe63\ufeff\uff01-\uff5e]/

/** A text as detectors read it, and where its characters were. */
export interface CanonicalText {
  readonly text: string
  /** Position in the original of every character, and of the end; null: the same. */
  readonly origins: Uint32Array | null
}

/**
 * Takes away what hides data from a detector: invisible characters, full-width and other digits, special spaces and
 * dashes (Unicode Technical Standard 39 calls them confusables).
 */
export function canonicalText(text: string): CanonicalText {
  if (!DISGUISED.test(text)) return { text, origins: null }
  const origins = new Uint32Array(text.length + 1)
  let plain = ''
  for (let at = 0; at < text.length; at++) {
    const seen = plainCharacter(text.charCodeAt(at))
    if (seen === 0) continue
    origins[plain.length] = at
    plain += String.fromCharCode(seen)
  }
  origins[plain.length] = text.length
  return { text: plain, origins }
}

/** The character that one stands for; 0 when it is invisible. */
function plainCharacter(code: number): number {
  if (code < 0xa0) return code
  if (code === 0xa0 || code === 0x3000 || code === 0x202f || code === 0x205f) return 0x20
  if (code === 0xad || code === 0xfeff || (code >= 0x2060 && code <= 0x2064)) return 0
  if (code >= 0x2000 && code <= 0x200a) return 0x20
  if (code >= 0x200b && code <= 0x200f) return 0
  if (code >= 0x202a && code <= 0x202e) return 0
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0xfe58 || code === 0xfe63) return 0x2d
  if (code === 0x2028 || code === 0x2029) return 0x0a
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0
  for (const zero of [0x660, 0x6f0, 0x966]) if (code >= zero && code <= zero + 9) return code - zero + 0x30
  return code
}
