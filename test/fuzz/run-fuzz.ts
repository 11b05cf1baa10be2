import { oddStructure, oddText } from './bodies.ts'
import { Draw } from './draw.ts'
import { drawnPath, type FuzzModels, wellFormed } from './requests.ts'
import { type Heard, send } from './send.ts'
import { type FuzzCase, oddHead, oddTransfer, plain } from './wire.ts'

export interface FuzzOptions {
  url: string
  key: string
  models: FuzzModels
  requests: number
  seed: number
  connections: number
  /** Called as the run goes on, with the number of requests sent. */
  onProgress?: (sent: number) => void
}

export interface FuzzReport {
  sent: number
  /** Answers by status. */
  statuses: Map<number, number>
  /** Cases by what was wrong with them. */
  kinds: Map<string, number>
  /** What must not be: an answer that says the gateway failed, none in time, or one that no client can read. */
  defects: string[]
}

/** Statuses that the gateway may answer what is malformed with; 502 to 504 and 529 are those of the provider. */
const HONEST = new Set([
  200, 400, 401, 402, 403, 404, 405, 408, 411, 412, 413, 414, 415, 417, 422, 426, 429, 431, 501, 502, 503, 504, 505,
  529,
])
const KEPT_DEFECTS = 20

/** Sends so many malformed requests over every route and tells how the gateway took them. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const report: FuzzReport = { sent: 0, statuses: new Map(), kinds: new Map(), defects: [] }
  const draw = new Draw(options.seed)
  const port = Number(new URL(options.url).port)
  const client = async () => {
    while (report.sent < options.requests) {
      const one = drawCase(draw, options)
      report.sent++
      if (report.sent % 1_000 === 0) options.onProgress?.(report.sent)
      judge(report, one, await send(port, one))
    }
  }
  await Promise.all(Array.from({ length: options.connections }, client))
  return report
}

function drawCase(draw: Draw, { key, models }: FuzzOptions): FuzzCase {
  const { name, path } = drawnPath(draw)
  const body = wellFormed(draw, name, models)
  switch (draw.below(10)) {
    case 0:
      return oddHead(draw, path, key, Buffer.from(JSON.stringify(body)))
    case 1:
      return oddTransfer(draw, path, key, Buffer.from(JSON.stringify(body)))
    case 2:
    case 3:
    case 4:
      return { kind: 'text', pieces: [plain(path, key, oddText(draw, JSON.stringify(body)))], answers: 1 }
    default:
      return { kind: 'structure', pieces: [plain(path, key, Buffer.from(oddStructure(draw, body)))], answers: 1 }
  }
}

function judge(report: FuzzReport, { kind, pieces }: FuzzCase, { answers, complete }: Heard): void {
  count(report.kinds, kind)
  const told = (what: string) => {
    if (report.defects.length >= KEPT_DEFECTS) return
    report.defects.push(`${kind}: ${what}\n${Buffer.concat(pieces).toString('latin1').slice(0, 1_500)}`)
  }
  if (!complete) told('no answer in time')
  for (const { status, body } of answers) {
    count(report.statuses, status)
    if (!HONEST.has(status)) told(`status ${status}: ${body.slice(0, 300)}`)
    else if (status >= 400 && !isError(body))
      told(`status ${status} without an error that clients read: ${body.slice(0, 300)}`)
  }
}

/** Every error is JSON with an `error`, as both vendors' clients read it; the answer to HEAD has no body. */
function isError(body: string): boolean {
  if (body === '') return true
  try {
    const { error } = JSON.parse(body) as { error?: unknown }
    return typeof error === 'object' && error !== null
  } catch {
    return false
  }
}

function count<T>(counts: Map<T, number>, key: T): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
