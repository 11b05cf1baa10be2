import { Badge, type Tone } from '#components/ui/badge.tsx'

const METHOD_TONE: Record<string, Tone> = { GET: 'info', POST: 'ok', PUT: 'warn', PATCH: 'warn', DELETE: 'bad' }

export function MethodBadge({ method }: { method: string }) {
  return (
    <Badge tone={METHOD_TONE[method] ?? 'neutral'} icon={null} className="w-16 justify-center font-mono">
      {method}
    </Badge>
  )
}
