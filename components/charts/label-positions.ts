/**
 * Moves labels apart so that neighbours are at least `gap` apart and none leaves [0, height]; their order stays. All in
 * pixels from the top. Where they cannot all fit they keep equal distances.
 */
export function labelPositions(wanted: readonly number[], gap: number, height: number): number[] {
  const order = wanted.map((position, index) => ({ position, index })).toSorted((a, b) => a.position - b.position)
  const step = order.length > 1 ? Math.min(gap, height / (order.length - 1)) : gap
  const placed: number[] = []
  for (const { position } of order) placed.push(Math.max(position, (placed.at(-1) ?? -step) + step))
  let limit = height
  for (let index = placed.length - 1; index >= 0; index--) {
    placed[index] = Math.min(placed[index] ?? 0, limit)
    limit = (placed[index] ?? 0) - step
  }
  const result = wanted.map(() => 0)
  for (const [rank, { index }] of order.entries()) result[index] = Math.max(0, placed[rank] ?? 0)
  return result
}
