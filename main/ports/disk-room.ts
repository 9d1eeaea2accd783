/** How much room the disk of the data folder has. */
export interface DiskRoom {
  /** In bytes, for this user; null where the system does not say. Never rejects. */
  freeBytes(): Promise<number | null>;
}
