import net from 'node:net'

export interface TcpProxy {
  /** The same database, through the proxy. */
  url: string
  /** Connections it has refused. */
  readonly refused: number
  /** Breaks every connection and refuses new ones, as a database that is down does. */
  cut(): void
  restore(): void
  close(): Promise<void>
}

/** Stands between a process and Postgres, so that one suite can lose its database while others keep theirs. */
export async function startTcpProxy(databaseUrl: string): Promise<TcpProxy> {
  const target = new URL(databaseUrl)
  const open = new Set<net.Socket>()
  let down = false
  let refused = 0
  const server = net.createServer(client => {
    if (down) {
      refused++
      client.destroy()
      return
    }
    const upstream = net.connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(databaseUrl)
  url.port = String((server.address() as net.AddressInfo).port)
  const breakAll = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: url.toString(),
    get refused() {
      return refused
    },
    cut: () => {
      down = true
      breakAll()
    },
    restore: () => {
      down = false
    },
    close: () => {
      breakAll()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}
