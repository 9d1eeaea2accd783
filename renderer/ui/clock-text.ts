import i18next from 'i18next';

/** The city's time: records are UTC, the glass shows this. */
const timeZone = 'Asia/Karachi';
const dayMs = 24 * 3_600_000;

/**
 * How dates are written in each language. Everywhere the calendar people sign with and the digits they say aloud: bare `ps` would
 * give the Persian calendar, bare `ur` and `ps` other digits on some systems.
 */
const locales: Readonly<Record<string, string>> = {
  en: 'en-GB',
  ur: 'ur-PK-u-ca-gregory-nu-latn',
  ps: 'ps-PK-u-ca-gregory-nu-latn',
};

const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

const forms = {
  day: { timeZone, day: 'numeric', month: 'short', year: 'numeric' },
  dayAndTime: { timeZone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const made = new Map<string, Intl.DateTimeFormat>();

/** One formatter per language and form: making one costs more than a hundred uses. */
function formatter(form: keyof typeof forms): Intl.DateTimeFormat {
  const locale = locales[i18next.language] ?? 'en-GB';
  const key = `${form} ${locale}`;
  const known = made.get(key) ?? new Intl.DateTimeFormat(locale, forms[form]);
  made.set(key, known);
  return known;
}

/** `14:32:05`, the same in every language. */
export const clockText = (utcMs: number): string => time.format(utcMs);

/** A date's parts with the month's name in place of `M11`: Chromium comes without Pashto's. `months`: the twelve names, between spaces. */
export const withMonthName = (parts: readonly Intl.DateTimeFormatPart[], months: string): string =>
  parts
    .map(({ type, value }) =>
      type === 'month' && value.startsWith('M') ? (months.split(' ')[Number(value.slice(1)) - 1] ?? value) : value,
    )
    .join('');

const dateText = (form: keyof typeof forms, utcMs: number): string =>
  withMonthName(formatter(form).formatToParts(utcMs), i18next.t('date.months', { defaultValue: '' }));

/** `21 Nov 2026`, in the language that is spoken. */
export const dayText = (utcMs: number): string => dateText('day', utcMs);

/** `21 Nov, 14:32`, in the language that is spoken. */
export const dayAndTimeText = (utcMs: number): string => dateText('dayAndTime', utcMs);

/** `14:32:05`, or `21 Nov 2026 14:32:05` where that is not the day of `nowUtcMs`: of what may be read long after. */
export const momentText = (utcMs: number, nowUtcMs: number = Date.now()): string =>
  dayText(utcMs) === dayText(nowUtcMs) ? clockText(utcMs) : `${dayText(utcMs)} ${clockText(utcMs)}`;

/** `14:32:05`, or with its day once that is no longer clear from the age. */
export const sinceText = (utcMs: number, nowUtcMs: number): string =>
  nowUtcMs - utcMs < dayMs ? clockText(utcMs) : dayAndTimeText(utcMs);

/**
 * The UTC time of a moment on this window's monotonic clock. Reckoned from now, not from the page's start: over months
 * the two clocks drift apart.
 */
export const utcOfMonotonic = (monotonicMs: number): number => Date.now() - (performance.now() - monotonicMs);
