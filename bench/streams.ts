import http from 'node:http'
import type { Sent } from './load.ts'
import { bodies, type Load } from './request-body.ts'
import type { Target } from './targets.ts'

const END = Buffer.from('data: [DONE]')

/** How one stream went: times in milliseconds from its request, and the longest silence between two chunks. */
export type StreamResult = { complete: boolean; firstTokenMs: number; ms: number; longestGapMs: number }

/**
 * Keeps so many streams open at once, for so long, each followed by another; every stream is read to its end. The first
 * of them begin at once, or evenly over `spreadMs`.
 */
export async function sendStreams(target: Target, load: Load, spreadMs = 0): Promise<Sent & { gaps: number[] }> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: load.connections })
  const next = bodies(load)
  const sent = { times: [] as number[], firstTokens: [] as number[], gaps: [] as number[], failed: 0, seconds: 0 }
  const began = performance.now()
  const end = began + load.seconds * 1_000
  const one = async (_: unknown, index: number) => {
    await new Promise(resolve => setTimeout(resolve, (spreadMs * index) / load.connections))
    while (performance.now() < end) {
      const { complete, firstTokenMs, ms, longestGapMs } = await readStream(target, agent, next())
      if (!complete) sent.failed++
      else {
        sent.times.push(ms)
        sent.firstTokens.push(firstTokenMs)
        sent.gaps.push(longestGapMs)
      }
    }
  }
  await Promise.all(Array.from({ length: load.connections }).map(one))
  sent.seconds = (performance.now() - began) / 1_000
  agent.destroy()
  return sent
}

function readStream(target: Target, agent: http.Agent, body: string): Promise<StreamResult> {
  const began = performance.now()
  let firstTokenMs = 0
  let last = 0
  let longestGapMs = 0
  let tail = Buffer.alloc(0)
  return new Promise(resolve => {
    const settle = () => {
      const complete = tail.includes(END)
      resolve({ complete, firstTokenMs, ms: performance.now() - began, longestGapMs })
    }
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...target.headers,
    }
    const request = http.request(`${target.url}/v1/chat/completions`, { method: 'POST', agent, headers }, response => {
      response.on('data', (chunk: Buffer) => {
        const now = performance.now() - began
        if (firstTokenMs === 0) firstTokenMs = now
        else longestGapMs = Math.max(longestGapMs, now - last)
        last = now
        tail = Buffer.concat([tail.subarray(-END.length), chunk])
      })
      response.on('close', settle)
    })
    request.on('error', settle)
    request.end(body)
  })
}
