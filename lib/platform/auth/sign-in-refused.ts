import { DomainError } from '../errors.ts'

/** Why somebody may not come in, in words for the sign-in page; the key travels in its address. */
export const SIGN_IN_REFUSALS = {
  unknown_person:
    'Nobody here has this account. Ask an administrator of your organization to add you, or to map one of your groups.',
  unverified_email:
    'The identity provider does not vouch for your e-mail address. Ask its administrator to verify it, then sign in again.',
  several_organizations:
    'This e-mail address belongs to several organizations here. Ask an administrator for a sign-in link to the right one.',
  deactivated: 'This account is deactivated. Ask an administrator of your organization to reactivate it.',
  link_invalid: 'This link was used, has run out or was replaced. Ask an administrator for a new one.',
  demo_not_local: 'Demonstration personas can be used on the machine that runs Gatehouse only.',
  no_such_persona: 'There is no such persona.',
  set_up_done: 'This installation is set up already. Sign in instead.',
  wrong_code: 'This is not the set-up code. `npm start` prints it in the terminal it runs in.',
} as const
export type SignInRefusal = keyof typeof SIGN_IN_REFUSALS

/** A sign-in that is refused for a reason the person may read. */
export class SignInRefused extends DomainError {
  readonly reason: SignInRefusal
  constructor(reason: SignInRefusal) {
    super('permission_denied', SIGN_IN_REFUSALS[reason])
    this.reason = reason
  }
}
