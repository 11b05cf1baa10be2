import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

/**
 * Makes sure that one process at a time uses a replica's folder: it holds a socket whose name comes from the
 * folder's. Unlike a pid file, a socket tells a dead holder from a living one, also across containers.
 * Returns the release. Throws when a living process holds it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const name = createHash('sha256').update(realpathSync(directory)).digest('hex').slice(0, 24)
  const socket = path.join(os.tmpdir(), `gatehouse-${name}.sock`)
  const server = net.createServer(connection => connection.destroy())
  if (!(await listen(server, socket))) {
    if (await answers(socket)) {
      throw new Error(`Another gateway uses ${directory}. Give this one a GATEWAY_NAME of its own.`)
    }
    rmSync(socket, { force: true })
    if (!(await listen(server, socket))) throw new Error(`Another gateway has just taken ${directory}.`)
  }
  server.unref()
  return () => new Promise(resolve => server.close(() => resolve()))
}

function listen(server: net.Server, socket: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error))
    server.once('error', onError)
    server.listen(socket, () => {
      server.off('error', onError)
      resolve(true)
    })
  })
}

function answers(socket: string): Promise<boolean> {
  return new Promise(resolve => {
    const probe = net.connect(socket)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', () => resolve(false))
  })
}
