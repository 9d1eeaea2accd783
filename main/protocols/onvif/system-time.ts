import { child, numberOf, textOf, type XmlElement } from './read-xml.ts';

export const systemTimeBody = '<tds:GetSystemDateAndTime/>';

/** UTC of the camera's clock, in ms since 1970; null where it does not say UTC or says no possible time. */
export function readSystemTime(answer: XmlElement): number | null {
  const utc = child(answer, 'SystemDateAndTime', 'UTCDateTime');
  const part = (...path: string[]) => numberOf(textOf(utc, ...path)) ?? Number.NaN;
  const [year, month, day] = [part('Date', 'Year'), part('Date', 'Month'), part('Date', 'Day')];
  const [hour, minute, second] = [part('Time', 'Hour'), part('Time', 'Minute'), part('Time', 'Second')];
  const isPossible = year >= 1970 && year <= 9_998 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  const isTime = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 61;
  return isPossible && isTime ? Date.UTC(year, month - 1, day, hour, minute, second) : null;
}

/** Sets the camera's clock to UTC by hand, keeping its time zone as it is (ONVIF Core §8.4.2). */
export function setSystemTimeBody(utcMs: number): string {
  const at = new Date(utcMs);
  return [
    '<tds:SetSystemDateAndTime><tds:DateTimeType>Manual</tds:DateTimeType><tds:DaylightSavings>false</tds:DaylightSavings><tds:UTCDateTime>',
    `<tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time>`,
    `<tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date>`,
    '</tds:UTCDateTime></tds:SetSystemDateAndTime>',
  ].join('');
}
