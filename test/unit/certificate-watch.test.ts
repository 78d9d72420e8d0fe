/** Certificates are told of before they end, and once they have. */
import { expect, it } from '@jest/globals';
import { CertificateWatch } from '../../src/gateway/certificate-watch.js';
import { createLogger } from '../../src/observability/logger.js';

const DAY = 86_400_000;
const END = Date.parse('2027-06-01T00:00:00Z');
const encryption = {
  name: 'encryption' as const,
  notBefore: new Date(END - 365 * DAY),
  notAfter: new Date(END),
};

it('tells 60 and 30 days before, from 7 days on every day, and of one that is not valid yet', () => {
  const lines: { event: string; level: string; certificate: string; daysLeft?: number }[] = [];
  const log = createLogger('info', { write: (line: string) => void lines.push(JSON.parse(line)) });
  let daysBefore = 61;
  const clock = { now: () => END - daysBefore * DAY };
  const watch = new CertificateWatch({ certificates: () => [encryption], clock, log });
  const days: number[] = [];
  for (; daysBefore >= -2; daysBefore -= 1) {
    const before = lines.length;
    watch.look();
    if (lines.length > before) days.push(daysBefore);
  }
  watch.close();
  expect(days).toEqual([60, 30, 7, 6, 5, 4, 3, 2, 1, 0, -1, -2]);
  expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn', ...Array(10).fill('error')]);
  daysBefore = 366;
  watch.look();
  expect(lines.at(-1)).toMatchObject({ event: 'certificate.not-yet-valid', certificate: 'encryption' });
  expect(watch.reading.read()).toEqual([[{ certificate: 'encryption' }, 366]]);
});
