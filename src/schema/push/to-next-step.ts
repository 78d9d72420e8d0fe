/** The next step as front ends see it. */
import { nextStepOf } from '../../push/next-step.js';
import type { Push } from '../../push/push.js';
import type { NextStepObject } from './next-step.object.js';
import { type PushView, toAccount, toHandOff } from './revealed.js';

export function toNextStep(push: Push, view: PushView): NextStepObject | null {
  const { handOffProfiles } = view;
  const step = nextStepOf(push, handOffProfiles);
  const expiresAt = new Date(push.expiresAt);
  switch (step?.kind) {
    case undefined:
      return null;
    case 'OPEN_URL': {
      const { url, platform } = toHandOff(push, step.handOff, handOffProfiles);
      return { url, platform, expiresAt };
    }
    case 'GIVE_DATA': {
      const accounts = step.accounts.map((account) => toAccount(push, account, view));
      const links = step.links.map((link) => toHandOff(push, link, handOffProfiles));
      return { sdk: step.sdk, accounts, links, expiresAt };
    }
    case 'WAIT':
      return { askAgainAfter: step.seconds };
    case 'DONE':
      return { followUp: step.followUp };
    default:
      return step satisfies never;
  }
}
