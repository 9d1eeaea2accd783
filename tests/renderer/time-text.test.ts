import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import en from '../../assets/strings/en.json' with { type: 'json' };
import { ageText } from '../../renderer/ui/age-text.ts';
import { clockText, momentText, sinceText, withMonthName } from '../../renderer/ui/clock-text.ts';

const i18n = createInstance();
await i18n.init({ lng: 'en', resources: { en: { translation: en } } });

describe('times on the glass', () => {
  it('are those of Karachi, whatever this PC is set to', () => {
    expect(clockText(Date.UTC(2026, 10, 21, 9, 32, 5))).toBe('14:32:05');
    expect(clockText(Date.UTC(2026, 10, 21, 19, 0, 0))).toBe('00:00:00');
  });

  it('carry their day once a picture has been gone for a day', () => {
    const since = Date.UTC(2026, 10, 20, 9, 32, 5);
    expect(sinceText(since, since + 3_600_000)).toBe('14:32:05');
    expect(sinceText(since, since + 25 * 3_600_000)).toMatch(/20 Nov.* 14:32/);
  });

  it('carry their day where it is not the day that is read on, which begins at midnight in Karachi', () => {
    const before = Date.UTC(2026, 10, 20, 18, 59, 59);
    expect(momentText(before, before - 3_600_000)).toBe('23:59:59');
    expect(momentText(before, before + 1_000)).toBe('20 Nov 2026 23:59:59');
  });

  it('have a month with a name, also in a language of which the browser knows none', () => {
    const parts = [
      { type: 'year', value: '2026' },
      { type: 'literal', value: ' ' },
      { type: 'month', value: 'M11' },
    ] as const;
    expect(withMonthName(parts, en.date.months)).toBe('2026 Nov');
    expect(withMonthName([{ type: 'month', value: 'Mar' }], en.date.months)).toBe('Mar');
  });

  it.each([
    [-500, '0 s'],
    [12_900, '12 s'],
    [184_000, '3 min 4 s'],
    [7_500_000, '2 h 5 min'],
    [273_600_000, '3 d 4 h'],
  ])('an age of %i ms is said as %s', (durationMs, text) => {
    expect(ageText(i18n.getFixedT('en'), durationMs)).toBe(text);
  });
});
