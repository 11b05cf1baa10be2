import type { Detector, Match } from '../detector.ts'
import type { Span } from '../runs.ts'
import type { Scan } from '../scan.ts'
import { matchesInZones } from '../scan-places.ts'

const V6 =
  /(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){1,7}(?::?[0-9a-fA-F]{1,4}){1,7}(?![\w:]|\.\d)|(?<![\w:])::(?:[0-9a-fA-F]{1,4}:?){1,7}(?![\w:]|\.\d)|(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){1,6}:(?![\w:])/g
/** Of a network card (IEEE 802): six bytes, or three groups of four digits. */
const MAC =
  /(?<![\w:.-])(?:[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}|[0-9a-fA-F]{2}(?:-[0-9a-fA-F]{2}){5}|[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4})(?![\w:-]|\.\w)/g
/** The unspecified and the loopback address, and prefixes: in code, brackets and names stand beside the same signs. */
const SHORT_V6 = /(?<=^|[\s="'(])(?:(?:fe80|ff0\d|fc00)?::\/\d{1,3}|::1(?:\/128)?)(?![\w:\])]|\.\d)/g
const NETWORK = /\bmac\b|hardware|ethernet|physical|wlan|network|device/
/** Browsers give their version so, with zeros for what they do not tell. */
const PRODUCT_BEFORE = /[a-z]\/$/
const VERSION_BEFORE =
  /(?:version|release|build|firmware|driver|\bv|section|chapter|clause|paragraph|article|§)\W{0,3}$/

/** MAC addresses, IPv4 addresses, and IPv6 addresses in the forms of RFC 4291, section 2.2. */
export const ipAddresses: Detector = {
  id: 'ip_address',
  find(scan) {
    const found: Match[] = []
    for (let at = 0; at + 3 < scan.groups.length; at++) {
      const span = isIpv4(scan, at)
      if (span && !isVersion(scan, span)) found.push({ kind: 'ipv4', ...span })
    }
    if (!scan.hasHexGroups) return found
    findMacs(scan, found)
    if (scan.text.includes('::')) {
      for (const { index, 0: text } of scan.text.matchAll(SHORT_V6))
        found.push({ kind: 'ipv6', start: index, end: index + text.length })
    }
    for (const { text, start, end } of matchesInZones(scan, V6, ':')) {
      if (isIpv6(text)) found.push({ kind: 'ipv6', start, end })
    }
    return found
  },
}

function isVersion({ text, lower }: Scan, { start, end }: Span): boolean {
  const before = lower.slice(Math.max(0, start - 14), start)
  return VERSION_BEFORE.test(before) || (text.startsWith('.0.0', end - 4) && PRODUCT_BEFORE.test(before))
}

function findMacs(scan: Scan, found: Match[]): void {
  for (const match of scan.text.matchAll(MAC)) {
    const bytes = match[0].replace(/[:.-]/g, '').toLowerCase()
    // All alike is the broadcast, or a placeholder; digits only with hyphens is as often a date or a part number.
    if (
      /^(.)\1+$/.test(bytes) ||
      (/[.-]/.test(match[0]) && !/[a-f]/.test(bytes) && !NETWORK.test(near(scan, match.index)))
    )
      continue
    found.push({ kind: 'mac', start: match.index, end: match.index + match[0].length })
  }
}

function near(scan: Scan, at: number): string {
  return scan.lower.slice(Math.max(0, at - 40), at)
}

/** Where four groups of at most 255 with dots between them stand; null when these are not such. */
function isIpv4({ text, groups }: Scan, at: number): { start: number; end: number } | null {
  const [first, last, after] = [groups[at], groups[at + 3], groups[at + 4]]
  if (!first || !last || groups[at + 1]?.joint !== '.' || groups[at + 2]?.joint !== '.' || last.joint !== '.')
    return null
  if (first.gluedLeft || last.gluedRight || first.joint === '.' || first.joint === '-' || after?.joint === '.')
    return null
  for (let next = at; next <= at + 3; next++) {
    const group = groups[next]
    if (!group || group.gluedLeft || group.end - group.start > 3) return null
    if (Number(text.slice(group.start, group.end)) > 255) return null
  }
  return { start: first.start, end: last.end }
}

function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = text.split(':').filter(group => group !== '')
  return halves.length === 2 ? groups.length >= 2 && groups.length <= 7 && /[0-9]/.test(text) : groups.length === 8
}
