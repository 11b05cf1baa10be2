/** What runs statements of one transaction, as Prisma's adapters do. */
interface Statements<Q> {
  queryRaw(query: Q): Promise<unknown>
  executeRaw(query: Q): Promise<unknown>
}

/**
 * Makes a transaction run its statements one after the other. Prisma reads the relations of a query side by side, and a
 * connection of Postgres takes one statement at a time: `pg` queues the others today and refuses them from version 9 on.
 */
export function oneAtATime<Q, T extends Statements<Q>>(transaction: T & Statements<Q>): T {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <R>(run: (query: Q) => Promise<R>) => {
    return (query: Q): Promise<R> => {
      const mine = last.then(() => run(query))
      // Whoever asked hears of an error; those behind them run all the same.
      last = mine.catch(() => undefined)
      return mine
    }
  }
  const queryRaw = inTurn(transaction.queryRaw.bind(transaction)) as T['queryRaw']
  const executeRaw = inTurn(transaction.executeRaw.bind(transaction)) as T['executeRaw']
  return Object.assign(transaction, { queryRaw, executeRaw })
}
