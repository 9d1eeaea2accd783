/** No session description is larger than this; one is 2 to 6 kB. */
export const longestAnswerBytes = 64 * 1024;

/** A body's text, at most `longestAnswerBytes` of it. Rejects with a RangeError above that, and stops reading. */
export async function readText(response: Response): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > longestAnswerBytes) {
      await reader.cancel().catch(() => {});
      throw new RangeError(`an answer of more than ${longestAnswerBytes} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
