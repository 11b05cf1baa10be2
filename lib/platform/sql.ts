import { Prisma } from '#prisma/generated/client.ts'

/** Pieces of SQL with their values kept apart from the text: a value can never become part of the query. */
export const { sql, join: joinSql, raw: rawSql } = Prisma
export type Sql = Prisma.Sql
