import { redirect } from 'next/navigation'
import { currentViewer } from '#lib/platform/auth/viewer.ts'

/** The front door: Home for whoever is signed in, the sign-in page for everybody else. */
export default async function FrontDoor() {
  redirect((await currentViewer()) ? '/home' : '/sign-in')
}
