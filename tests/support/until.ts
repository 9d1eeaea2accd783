/**
 * Waits until `read` gives something other than undefined, null or false, and returns it. Fails with `what` after
 * `limitMs` (generous: it only bounds a hang).
 */
export async function until<T>(what: string, read: () => T | Promise<T>, limitMs = 30_000): Promise<NonNullable<T>> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== null && value !== false) return value;
    if (performance.now() > endMs) throw new Error(`waited ${limitMs} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
