import type { TypicalExplanation } from './typical-explanation.ts'

/** Who a gateway would call at this moment, once it has said so. */
export async function WinnerNow({ explained }: { explained: Promise<TypicalExplanation> }) {
  const answer = await explained
  if (answer === 'unasked') return <span className="text-muted">the model asked for</span>
  if (answer === 'unknown') return <span className="text-muted">unknown, no gateway answers</span>
  const winner = answer.candidates.find(candidate => candidate.modelId === answer.winnerId)
  if (!winner) return <span className="text-bad-text">nobody: calls are refused</span>
  return (
    <>
      <span className="font-medium">{winner.identifier}</span>
      <span className="text-muted">{winner.provider ? ` at ${winner.provider}` : ''}</span>
    </>
  )
}
