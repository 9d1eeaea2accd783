import { fileURLToPath } from 'node:url';

/** The checkout, with a slash at its end, and where things are built to. */
export const root = fileURLToPath(new URL('..', import.meta.url));
export const outDir = fileURLToPath(new URL('../out', import.meta.url));
