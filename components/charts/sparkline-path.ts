/**
 * The path of a sparkline in a box of the given size, from the smallest to the largest value; null breaks the line.
 * Empty when nothing is known. A flat line lies in the middle.
 */
export function sparklinePath(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter(value => value !== null)
  if (known.length === 0) return ''
  const low = Math.min(...known)
  const span = Math.max(...known) - low
  const step = values.length > 1 ? width / (values.length - 1) : 0
  let pen = false
  const commands: string[] = []
  for (const [index, value] of values.entries()) {
    if (value === null) {
      pen = false
      continue
    }
    const y = span === 0 ? height / 2 : height - ((value - low) / span) * height
    commands.push(`${pen ? 'L' : 'M'}${round(index * step)} ${round(y)}`)
    pen = true
  }
  return commands.join('')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
