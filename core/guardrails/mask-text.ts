import type { TextFinding } from './inspect-text.ts'

/** The text with each finding replaced by its detector's name in brackets: `[EMAIL]`. Findings must not overlap. */
export function maskText(text: string, findings: readonly Pick<TextFinding, 'detector' | 'start' | 'end'>[]): string {
  let masked = ''
  let at = 0
  for (const { detector, start, end } of [...findings].sort((a, b) => a.start - b.start)) {
    if (start < at) continue
    masked += `${text.slice(at, start)}[${detector.replace(/^pattern:/, '').toUpperCase()}]`
    at = end
  }
  return masked + text.slice(at)
}
