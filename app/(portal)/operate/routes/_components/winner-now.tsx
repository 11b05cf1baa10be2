import type { RoutingExplanationDto } from '#lib/routes/explain-schema.ts'

/** Who a gateway would call at this moment, once it has said so. */
export async function WinnerNow({ explained }: { explained: Promise<RoutingExplanationDto | null> }) {
  const answer = await explained
  if (!answer) return <span className="text-muted">the model asked for</span>
  if (!answer.explanation) return <span className="text-muted">unknown, no gateway answers</span>
  const { candidates, winnerId } = answer.explanation
  const winner = candidates.find(candidate => candidate.modelId === winnerId)
  if (!winner) return <span className="text-bad-text">nobody: calls are refused</span>
  return (
    <>
      <span className="font-medium">{winner.identifier}</span>
      <span className="text-muted">{winner.provider ? ` at ${winner.provider}` : ''}</span>
    </>
  )
}
