import { parseArgs } from 'node:util'

export const TARGET_NAMES = ['sandbox', 'bare', 'portkey', 'gatehouse-plain', 'gatehouse'] as const
export type TargetName = (typeof TARGET_NAMES)[number]

export type Flags = {
  /** Half a minute in all, and no file is written: for a continuous check. */
  readonly quick: boolean
  readonly connections: readonly number[]
  /** Sizes of request bodies in kilobytes (1,024 bytes). */
  readonly kilobytes: readonly number[]
  readonly answers: readonly ('whole' | 'streamed')[]
  /** Length of one round of one target. */
  readonly seconds: number
  readonly targets: readonly TargetName[]
}

const QUICK_SECONDS = 1
const FULL_SECONDS = 4

/**
 * Reads the command line: `--quick`, `--connections 1,32,256`, `--kilobytes 1,32,1024`, `--answers whole,streamed`,
 * `--seconds 4`, `--targets sandbox,bare,portkey,gatehouse-plain,gatehouse`.
 *
 * @throws Error that names the flag and its rule
 */
export function readFlags(args: string[]): Flags {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      connections: { type: 'string' },
      kilobytes: { type: 'string' },
      answers: { type: 'string' },
      seconds: { type: 'string' },
      targets: { type: 'string', default: TARGET_NAMES.join(',') },
    },
  })
  const { quick } = values
  const fallback = quick ? QUICK_SECONDS : FULL_SECONDS
  return {
    quick,
    connections: numbers('--connections', values.connections ?? (quick ? '1,32' : '1,32,256'), 10_000),
    kilobytes: numbers('--kilobytes', values.kilobytes ?? (quick ? '1' : '1,32,1024'), 16_384),
    answers: listOf(values.answers ?? (quick ? 'whole' : 'whole,streamed')).map(answer),
    seconds: values.seconds === undefined ? fallback : wholeNumber('--seconds', values.seconds, 600),
    targets: listOf(values.targets).map(targetName),
  }
}

function listOf(text: string): string[] {
  return text.split(',').map(item => item.trim())
}

function numbers(flag: string, text: string, max: number): number[] {
  return listOf(text).map(item => wholeNumber(flag, item, max))
}

function wholeNumber(flag: string, text: string, max: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (value < 1 || value > max) throw new Error(`${flag} takes whole numbers from 1 to ${max}, not "${text}"`)
  return value
}

function answer(text: string): 'whole' | 'streamed' {
  if (text === 'whole' || text === 'streamed') return text
  throw new Error(`--answers knows whole and streamed, not "${text}"`)
}

function targetName(text: string): TargetName {
  const name = TARGET_NAMES.find(known => known === text)
  if (!name) throw new Error(`--targets knows ${TARGET_NAMES.join(', ')}, not "${text}"`)
  return name
}
