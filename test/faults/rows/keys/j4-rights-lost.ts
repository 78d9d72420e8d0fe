/** J4: two account holders hammer the same documents for a minute; one of them loses her scope, her step-up and her key meanwhile. */
import { loseRights, RIGHTS } from '../../../support/rights-lost.js';
import { atLeast, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { signedIn } from '../../support/signed-in.js';

const STAGE_MS = 12_000;
const COOLDOWN_MS = 31_000;

export const rightsLost: Row = {
  id: 'J4',
  title: 'scope, step-up and key lost while two account holders ask the same for a minute',
  async run(scene) {
    const issuer = await scene.issuer();
    const gateway = await scene.gateway({
      issuer,
      ranges: scene.stage.knownRanges,
      environment: { ...RIGHTS, LOG_LEVEL: 'debug' },
    });
    let looks = 0;
    const lookAgain = async () => {
      await gateway.advance(COOLDOWN_MS);
      looks += 1;
      await signedIn(gateway, await issuer.token('whoever', `new-${looks}`));
    };
    const blows = await loseRights({ url: gateway.url, issuer, lookAgain }, STAGE_MS);
    const kept = gateway.log.split('"kept":true').length - 1;
    return [
      atLeast('answers', blows.answered, 1000),
      atLeast('of them kept ones', kept, blows.answered / 10),
      noneOf('crossed', blows.crossed),
      noneOf('served after', blows.servedAfter),
      noneOf('turned away', blows.turnedAway),
      ...aliveFigures([gateway]),
    ];
  },
};
