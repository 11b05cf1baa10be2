import { formatCount, formatNumber } from '#components/format.ts'
import { LiveDot } from '#components/page/live-dot.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Code, CodeBlock } from '#components/ui/code-block.tsx'
import type { SealState } from '#lib/audit-log/seal-state.ts'

/** How far the log is sealed, and how anybody can prove it without trusting this portal. */
export function SealPanel({ state, portalUrl }: { state: SealState; portalUrl: string }) {
  const { checkpoint, waiting } = state
  return (
    <Section
      boxed
      title="Sealed, so that change shows"
      description="Entries become leaves of a Merkle tree whose root is signed. Altering, deleting or cutting off entries breaks the proof."
    >
      <p className="text-sm">
        <LiveDot tone={waiting === 0 ? 'ok' : 'warn'}>{stateText(state)}</LiveDot>
        {checkpoint ? (
          <span className="text-muted">
            {' '}
            The newest checkpoint was signed <RelativeTime time={checkpoint.createdAt} />.
          </span>
        ) : null}
      </p>
      {checkpoint ? (
        <details className="mt-3 text-sm">
          <summary className="w-fit cursor-pointer rounded-sm text-accent-text underline-offset-3 hover:underline">
            Verify it yourself
          </summary>
          <div className="mt-3 flex flex-col gap-3">
            <p className="text-muted">
              Export without filters, keep the checkpoint, and check both on any machine that has the sources. The key
              that verifies the signature is <Code className="wrap-anywhere text-ink">{checkpoint.verifierKey}</Code>
            </p>
            <CodeBlock label="Commands that verify the log" code={commandsOf(portalUrl, checkpoint.verifierKey)} />
            <p className="text-muted">
              Checkpoints are also written to the folder <Code className="text-ink">GATEHOUSE_CHECKPOINT_DIR</Code>.
              Keep an old one elsewhere and add <Code className="text-ink">--older old.txt</Code>: then cutting off the
              end of the log shows too.
            </p>
          </div>
        </details>
      ) : null}
    </Section>
  )
}

function stateText({ checkpoint, waiting }: SealState): string {
  const waits = waiting === 1 ? '1 entry waits' : `${formatNumber(waiting)} entries wait`
  if (!checkpoint) return `Nothing is sealed yet; ${waits}.`
  const sealed = formatCount(checkpoint.treeSize, 'entry', 'entries')
  return waiting === 0 ? `All ${sealed} are sealed.` : `${sealed} sealed, ${waits} to be sealed within seconds.`
}

function commandsOf(portalUrl: string, verifierKey: string): string {
  return [
    `curl ${portalUrl}/api/v1/audit/export -H "authorization: Bearer $TOKEN" -o audit.jsonl`,
    `curl ${portalUrl}/api/v1/audit/checkpoint -H "authorization: Bearer $TOKEN" -o checkpoint.json`,
    `npm run verify-audit -- audit.jsonl --checkpoint checkpoint.json --vkey '${verifierKey}'`,
  ].join('\n')
}
