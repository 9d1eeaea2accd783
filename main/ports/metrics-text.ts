/** What a monitoring program gets to read. */
export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}
