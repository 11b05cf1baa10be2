import type { Scan } from './scan.ts'

/** A run of Base64 that stands for readable text. */
export interface EncodedText {
  readonly start: number
  readonly end: number
  readonly plain: string
}

const SHORTEST = 16
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/

/**
 * Texts that are hidden in Base64 or its form for URLs. Of an encoded word of a language, or of a key, the bytes are no
 * text, so that they are told apart by decoding.
 */
export function encodedTexts({ text, longTokens }: Scan): EncodedText[] {
  const found: EncodedText[] = []
  for (const token of longTokens) {
    const start = afterName(text, token.start, token.end)
    if (token.end - start < SHORTEST) continue
    const code = text.slice(start, token.end)
    if (!BASE64.test(code) || !/[A-Z]/.test(code) || !/[a-z]/.test(code)) continue
    const bytes = Buffer.from(code, 'base64')
    if (isReadable(bytes)) found.push({ start, end: token.end, plain: bytes.toString('latin1') })
  }
  return found
}

/** Behind the name in `name=value`. */
function afterName(text: string, start: number, end: number): number {
  const sign = text.slice(start, end - SHORTEST).indexOf('=')
  return sign < 0 ? start : start + sign + 1
}

function isReadable(bytes: Buffer): boolean {
  for (const byte of bytes) if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte > 126) return false
  return true
}
