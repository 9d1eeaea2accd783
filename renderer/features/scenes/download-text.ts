/** Hands a text to the browser as a file to keep. */
export function downloadText(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The download has taken the address by the time the click returns to the event loop.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
