import { Callout } from '#components/ui/callout.tsx'

/** Why something was not done. */
export function Problem({ text }: { text: string | undefined }) {
  if (!text) return null
  return (
    <Callout tone="bad" live>
      {text}
    </Callout>
  )
}
