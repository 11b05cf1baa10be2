import type { Detector, Match } from '../detector.ts'
import { matchesInZones } from '../scan.ts'

const V4 = /(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w-]|\.\d)/g
const V6 =
  /(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){1,7}(?::?[0-9a-fA-F]{1,4}){1,7}(?![\w:])|(?<![\w:])::(?:[0-9a-fA-F]{1,4}:?){1,7}(?![\w:])|(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){1,6}:(?![\w:])/g
const VERSION_BEFORE = /(?:version|release|build|firmware|driver|\bv|section|chapter|clause|§)\W{0,3}$/

/** IPv4 addresses, and IPv6 addresses in the forms of RFC 4291, section 2.2. */
export const ipAddresses: Detector = {
  id: 'ip_address',
  find(scan) {
    const found: Match[] = []
    for (const { start, end } of matchesInZones(scan, V4)) {
      if (!VERSION_BEFORE.test(scan.lower.slice(Math.max(0, start - 14), start)))
        found.push({ kind: 'ipv4', start, end })
    }
    if (!scan.text.includes(':')) return found
    for (const { text, start, end } of matchesInZones(scan, V6)) {
      if (isIpv6(text)) found.push({ kind: 'ipv6', start, end })
    }
    return found
  },
}

function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = text.split(':').filter(group => group !== '')
  return halves.length === 2 ? groups.length >= 2 && groups.length <= 7 && /[0-9]/.test(text) : groups.length === 8
}
