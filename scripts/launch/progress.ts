const began = Number(process.env.GATEHOUSE_STARTED_AT) || Date.now()

/** Seconds since the command was given, as text. */
export function elapsed(): string {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`
}

/** One line of progress with the time since the command was given. */
export function say(text: string): void {
  process.stdout.write(`${elapsed().padStart(8)}  ${text}\n`)
}

/** One line of something that went wrong. */
export function complain(text: string): void {
  process.stderr.write(`${elapsed().padStart(8)}  ${text}\n`)
}

/** A failure that a person can mend: its message says what is wrong and the way out, and no stack is shown. */
export class Hindrance extends Error {}

/** Runs a command's main function; a failure becomes clear lines and exit code 1. */
export async function main(run: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await run()) ?? 0
  } catch (error) {
    const text = error instanceof Hindrance ? error.message : error instanceof Error ? error.stack : String(error)
    for (const line of (text ?? '').split('\n')) complain(line)
    process.exitCode = 1
  }
}
