/** What can go wrong with a device, in one closed list. */
export type OnvifFailureCode =
  | 'unreachable'
  | 'silent'
  /** User or password is wrong, or its clock and ours are too far apart for it to believe them. */
  | 'refused'
  | 'too-large'
  /** It sent us to another host. */
  | 'moved-elsewhere'
  /** No XML, no SOAP, or XML that declares its own document type. */
  | 'not-understood'
  | 'fault'
  /** `ter:ActionNotSupported` and the like. */
  | 'not-able'
  /** What was named (a profile, a preset) is not there. */
  | 'gone';

/** A device did not do what it was asked. `message` is for a log: no address, no credential, and of the device's own words at most 200 characters. */
export class OnvifFailure extends Error {
  readonly code: OnvifFailureCode;
  constructor(code: OnvifFailureCode, message: string) {
    super(message);
    this.name = 'OnvifFailure';
    this.code = code;
  }
}

/** A device's own words, fit for a line of a log. */
export function shortWords(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
}
