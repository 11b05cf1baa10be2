import { readdir, readFile, readlink } from 'node:fs/promises'
import net from 'node:net'

/** Whether nothing listens on the port of this address at this moment. */
export function isFree(port: number, host: string): Promise<boolean> {
  return new Promise(resolve => {
    const probe = net.createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

/** A TCP port on loopback that nothing listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

/** Who listens on a port, as `name (pid 12)`; null when the system does not tell. Linux only. */
export async function holderOf(port: number): Promise<string | null> {
  const inodes = await listeningInodes(port)
  if (inodes.size === 0) return null
  for (const pid of (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name))) {
    const handles = await readdir(`/proc/${pid}/fd`).catch(() => [])
    for (const handle of handles) {
      const target = await readlink(`/proc/${pid}/fd/${handle}`).catch(() => '')
      if (!inodes.has(target)) continue
      const name = (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'a process')).trim()
      return `${name} (pid ${pid})`
    }
  }
  return null
}

const LISTEN = '0A'

async function listeningInodes(port: number): Promise<Set<string>> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const tables = await Promise.all(['tcp', 'tcp6'].map(name => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')))
  const rows = tables.flatMap(table => table.split('\n').slice(1)).map(row => row.trim().split(/\s+/))
  return new Set(rows.filter(row => row[1]?.endsWith(`:${hex}`) && row[3] === LISTEN).map(row => `socket:[${row[9]}]`))
}
