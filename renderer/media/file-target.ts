/** Where a copy goes. */
export interface FileTarget {
  write(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Only now it is there under its name. */
  close(): Promise<void>;
  abort(): Promise<void>;
}

interface FileHandle {
  createWritable(): Promise<WritableStream & FileTarget>;
}

declare global {
  interface Window {
    /** The File System Access API (WICG); absent where a browser has it not. */
    readonly showSaveFilePicker?: (options: { readonly suggestedName: string }) => Promise<FileHandle>;
  }
}

/** Asks for a place; where a browser cannot, it is a download. Rejects where nobody chose one. */
export async function chooseTarget(fileName: string, type: string): Promise<FileTarget> {
  if (!window.showSaveFilePicker) return downloadTarget(fileName, type);
  const handle = await window.showSaveFilePicker({ suggestedName: fileName });
  const file = await handle.createWritable();
  return { write: (piece) => file.write(piece), close: () => file.close(), abort: () => file.abort() };
}

/** Kept by the browser (which puts large ones on its disk) until it is whole. */
function downloadTarget(fileName: string, type: string): FileTarget {
  let parts: Blob[] = [];
  return {
    async write(piece) {
      parts.push(new Blob([piece]));
    },
    async close() {
      const address = URL.createObjectURL(new Blob(parts, { type }));
      parts = [];
      const link = document.createElement('a');
      link.href = address;
      link.download = fileName;
      link.click();
      // The download has taken the address by the time the click returns to the event loop.
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    },
    async abort() {
      parts = [];
    },
  };
}
