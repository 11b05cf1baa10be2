import { parseArgs } from 'node:util'

export const TARGET_NAMES = ['sandbox', 'bare', 'portkey', 'gatehouse'] as const
export type TargetName = (typeof TARGET_NAMES)[number]

export type Flags = {
  /** Seconds in all, and no file is written: for a continuous check. */
  readonly quick: boolean
  readonly connections: readonly number[]
  /** Length of one round of one target. */
  readonly seconds: number
  readonly targets: readonly TargetName[]
}

const QUICK_SECONDS = 1
const FULL_SECONDS = 6

/**
 * Reads the command line: `--quick`, `--connections 1,32`, `--seconds 6`, `--targets sandbox,bare,portkey,gatehouse`.
 *
 * @throws Error that names the flag and its rule
 */
export function readFlags(args: string[]): Flags {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      connections: { type: 'string', default: '1,32' },
      seconds: { type: 'string' },
      targets: { type: 'string', default: TARGET_NAMES.join(',') },
    },
  })
  const fallback = values.quick ? QUICK_SECONDS : FULL_SECONDS
  return {
    quick: values.quick,
    connections: listOf(values.connections).map(text => wholeNumber('--connections', text, 10_000)),
    seconds: values.seconds === undefined ? fallback : wholeNumber('--seconds', values.seconds, 600),
    targets: listOf(values.targets).map(targetName),
  }
}

function listOf(text: string): string[] {
  return text.split(',').map(item => item.trim())
}

function wholeNumber(flag: string, text: string, max: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (value < 1 || value > max) throw new Error(`${flag} takes whole numbers from 1 to ${max}, not "${text}"`)
  return value
}

function targetName(text: string): TargetName {
  const name = TARGET_NAMES.find(known => known === text)
  if (!name) throw new Error(`--targets knows ${TARGET_NAMES.join(', ')}, not "${text}"`)
  return name
}
