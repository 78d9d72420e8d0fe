/** F2: the doctor before broken set-ups and right ones: it says what is wrong, nothing else, and shows no secret. */
import { BROKEN_MDES } from '../../../support/doctor/broken-mdes.js';
import { BROKEN_PARTS } from '../../../support/doctor/broken-parts.js';
import { BROKEN_TLS } from '../../../support/doctor/broken-tls.js';
import { startDoctorWorld } from '../../../support/doctor/doctor-world.js';
import { RIGHT } from '../../../support/doctor/right-set-ups.js';
import { type Case, misdiagnosis } from '../../../support/doctor/set-up.js';
import { atLeast, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';

const BROKEN = [...BROKEN_MDES, ...BROKEN_PARTS, ...BROKEN_TLS];

export const diagnoses: Row = {
  id: 'F2',
  title: 'the doctor before broken and right set-ups',
  async run(scene) {
    const world = await startDoctorWorld();
    scene.owns(() => world.close());
    const misread = async (cases: readonly Case[]) => {
      const found: string[] = [];
      for (const one of cases) {
        const said = await misdiagnosis(one, world);
        if (said !== null) found.push(`${one.name}: ${said}`);
      }
      return found;
    };
    return [
      atLeast('broken set-ups', BROKEN.length, 30),
      noneOf('wrong diagnoses', await misread(BROKEN)),
      atLeast('right set-ups', RIGHT.length, 5),
      noneOf('false alarms', await misread(RIGHT)),
    ];
  },
};
