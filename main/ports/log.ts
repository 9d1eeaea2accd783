/** Facts beside a message. Values are redacted by the adapter: addresses lose user and password, known secrets are masked. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** The same log with `part` on every line, for example `gateway`. */
  child(part: string): Log;
}
