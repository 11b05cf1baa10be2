import type { Detector, Match } from '../detector.ts'

const LOCAL = /[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\u00a1-\uffff-]/
const DOMAIN = /^(?:\[\d{1,3}(?:\.\d{1,3}){3}\]|(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,24})/u
/** Names of files such as logo@2x.png are no addresses. */
const FILE_ENDING = /\.(?:png|jpe?g|gif|svg|webp|ico|css|js|mjs|ts|tsx|map|json|md|lock)$/i
const MOST_LOCAL = 64

/** E-mail addresses in the form of RFC 5322, with a domain of letters at the end. */
export const emails: Detector = {
  id: 'email',
  find({ text, ats }) {
    const found: Match[] = []
    for (const at of ats) {
      const start = localStart(text, at)
      if (start === at) continue
      const domain = DOMAIN.exec(text.slice(at + 1, at + 256))?.[0]
      if (!domain || FILE_ENDING.test(domain)) continue
      // Repositories are addressed as git@host:path.
      if (text.slice(start, at) === 'git') continue
      found.push({ kind: 'email', start, end: at + 1 + domain.length })
    }
    return found
  },
}

function localStart(text: string, at: number): number {
  let start = at
  if (text[at - 1] === '"') {
    const quote = text.lastIndexOf('"', at - 2)
    if (quote >= 0 && at - quote <= MOST_LOCAL) return quote
  }
  while (start > 0 && at - start < MOST_LOCAL && LOCAL.test(text[start - 1] ?? '')) start--
  while (start < at && /[.'`/=*{|]/.test(text[start] ?? '')) start++
  return start
}
