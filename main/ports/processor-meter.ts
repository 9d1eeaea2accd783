/** How busy the processor of this PC is. */
export interface ProcessorMeter {
  /** The share of all its cores that was busy since it was asked last (0 to 1); null where that is not known. */
  busy(): number | null;
}
