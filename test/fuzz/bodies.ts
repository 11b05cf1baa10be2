import type { Draw } from './draw.ts'

/** Values that no field expects, as JSON: numbers that none can hold and names that objects have by themselves. */
const ODD_VALUES = [
  'null',
  'true',
  '-1',
  '0',
  '1.5',
  '1e308',
  '1e999',
  '-1e999',
  '9007199254740993',
  '123456789012345678901234567890',
  '""',
  '"x"',
  '[]',
  '[[]]',
  '[null]',
  '{}',
  '{"type":null}',
  '{"__proto__":{"stream":true}}',
  '{"constructor":{"prototype":{}}}',
  '{"toString":1,"valueOf":1,"toJSON":1}',
  '{"length":1e9}',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"__proto__"',
  '"data:image/png;base64,"',
  '"data:,%E0%A4%A"',
  '"data:text/plain;base64,!!!!"',
] as const
const ODD_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'Model', 'MODEL', 'ſtream', 'n', '']

interface Slot {
  holder: Record<string, unknown> | unknown[]
  key: string | number
}

/** Stands for raw JSON that is put in after the rest is written. */
const MARK = '@@fuzz@@'

/** JSON with something wrong at one place or a few: a value, a name, a field that is there twice or not at all. */
export function oddStructure(draw: Draw, body: Record<string, unknown>): string {
  const raw: string[] = []
  for (let times = draw.below(3) + 1; times > 0; times--) {
    const slots = slotsOf(body)
    if (slots.length === 0) break
    const { holder, key } = draw.of(slots)
    const slot = holder as Record<string | number, unknown>
    switch (draw.below(6)) {
      case 0:
        delete slot[key]
        break
      case 1:
        Object.defineProperty(holder, draw.of(ODD_NAMES), {
          value: 1,
          enumerable: true,
          configurable: true,
          writable: true,
        })
        break
      case 2:
        raw.push(nested(draw))
        slot[key] = `${MARK}${raw.length - 1}`
        break
      case 3:
        slot[key] = 'x'.repeat(draw.of([1, 1_000, 30_000]))
        break
      default:
        raw.push(draw.of(ODD_VALUES))
        slot[key] = `${MARK}${raw.length - 1}`
    }
  }
  const text = JSON.stringify(body).replace(/"@@fuzz@@(\d+)"/g, (_, at: string) => raw[Number(at)] ?? 'null')
  return draw.oneIn(6) ? twice(draw, text) : text
}

function nested(draw: Draw): string {
  const depth = draw.of([10, 65, 1_000, 20_000])
  return draw.oneIn(2)
    ? `${'['.repeat(depth)}${']'.repeat(depth)}`
    : `${'{"content":'.repeat(Math.min(depth, 4_000))}1${'}'.repeat(Math.min(depth, 4_000))}`
}

/** A field that is acted on, a second time and otherwise. */
function twice(draw: Draw, text: string): string {
  const field = draw.of(['"model":"none"', '"stream":true', '"max_tokens":1e9', '"mod\\u0065l":"x"', '"n":99'])
  return draw.oneIn(2) ? `{${field},${text.slice(1)}` : `${text.slice(0, -1)},${field}}`
}

function slotsOf(value: unknown, found: Slot[] = []): Slot[] {
  if (typeof value !== 'object' || value === null) return found
  const holder = value as Record<string, unknown> | unknown[]
  const keys = Array.isArray(holder) ? [...holder.keys()] : Object.keys(holder)
  for (const key of keys) {
    found.push({ holder, key })
    slotsOf((holder as Record<string | number, unknown>)[key], found)
  }
  return found
}

/** Bytes that are no JSON, or hardly: cut, flipped, in no encoding, with what JSON does not allow. */
export function oddText(draw: Draw, text: string): Buffer {
  const bytes = Buffer.from(text)
  const at = draw.below(bytes.length)
  switch (draw.below(8)) {
    case 0:
      return bytes.subarray(0, at)
    case 1: {
      for (let times = draw.below(8); times >= 0; times--) bytes[draw.below(bytes.length)] = draw.below(256)
      return bytes
    }
    case 2:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), bytes.subarray(at)])
    case 3:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])
    case 4:
      return Buffer.from(text, 'utf16le')
    case 5:
      return Buffer.from(text.replace(/:/, draw.of([':NaN,', ':Infinity', ':-', ':01', "'", ':/* x */'])))
    case 6:
      return Buffer.from(draw.of(['', ' ', 'null', 'true', '1', '"x"', '[]', '{}', '{', '}', '\0', '[{}]', '{"":1}']))
    default:
      return Buffer.concat([bytes, Buffer.from(draw.of(['x', '{}', '\0\0\0', ','])), bytes])
  }
}
