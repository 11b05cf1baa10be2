/**
 * Words of one language by what they do in an attempt, as alternatives without brackets. What makes an attempt is the
 * order of the classes, which is that of a language's orders and the same in all of them.
 */
export interface WordClasses {
  /** Orders to drop something, as they are given to somebody. */
  readonly drop: string
  /** Orders to take something away, which people give of filters and settings of their own too. */
  readonly remove: string
  /** What guides a model: instructions, rules. */
  readonly orders: string
  /** What ties it to the model, before it: your, all, previous. */
  readonly own: string
  /** The same behind it: of the system, above, that you were given. */
  readonly ofModel: string
  /** What keeps a model from harm, with that it does: safety filters. */
  readonly guards: string
  /** Articles. */
  readonly the: string
  /** New orders, before a colon. */
  readonly fresh: string
  /** Orders to tell something. */
  readonly tell: string
  /** your, before what it must not tell. */
  readonly your: string
  /** The same among friends only, as people speak to a model. */
  readonly thine: string
  /** What it must not tell: system prompt, hidden instructions. */
  readonly hidden: string
  /** What it does not name but asks for: what is. */
  readonly ask: string
  /** No longer valid, repealed. */
  readonly void: string
  /** You have no, you are without. */
  readonly free: string
  /** What it is freed of. */
  readonly limits: string
  /** Orders to answer. */
  readonly answer: string
  /** without any. */
  readonly without: string
  /** What names the model that reads: AI, language model. */
  readonly model: string
  /** Words that call for its attention: note to, hint for. */
  readonly note: string
  /** What nobody is meant to see: hidden instruction. */
  readonly covert: string
  /** Orders to decode, and to do then what was decoded. */
  readonly decode: string
  readonly obey: string
  /** What must not follow an order to drop something; empty where a language puts its "not" before the verb. */
  readonly not: string
}
