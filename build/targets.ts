import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import { z } from 'zod';
import { cityStamp } from './city-stamp.ts';
import { outDir, root } from './paths.ts';

const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(`${root}package.json`, 'utf8')));

const shared = {
  configFile: false,
  logLevel: 'warn',
  define: { __DEEDBAN_VERSION__: JSON.stringify(version), __DEEDBAN_CITY_STAMP__: JSON.stringify(cityStamp()) },
} as const satisfies InlineConfig;

/** A program for Node: our own files in one, packages left where they are. */
function nodeProgram(name: string, entry: string, format: 'es' | 'cjs' = 'es'): InlineConfig {
  return {
    ...shared,
    root,
    // It is not in the package: the renderer brings its own, and the gateway makes clips with it too.
    ssr: { external: ['electron'], noExternal: ['mediabunny'] },
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input: { [name]: entry },
        output: { format, entryFileNames: `[name].${format === 'cjs' ? 'cjs' : 'js'}`, codeSplitting: false },
      },
    },
  };
}

const renderer: InlineConfig = {
  ...shared,
  root: `${root}renderer`,
  base: './',
  plugins: [react()],
  publicDir: `${root}assets/public`,
  build: { target: 'chrome140', outDir: `${outDir}/renderer`, emptyOutDir: true, sourcemap: true, assetsInlineLimit: 0 },
};

/** A classic script that runs before the page's module and puts the bridge on the window. */
const browserPreload: InlineConfig = {
  ...shared,
  root,
  build: {
    target: 'chrome140',
    outDir: `${outDir}/renderer`,
    emptyOutDir: false,
    copyPublicDir: false,
    lib: { entry: 'preload/browser.ts', formats: ['iife'], name: 'deedbanPreload', fileName: () => 'preload.js' },
  },
};

/** Everything that is built, in order: the renderer empties its folder first. */
export const targets: Readonly<Record<string, InlineConfig>> = {
  renderer,
  'preload-browser': browserPreload,
  'main-browser': nodeProgram('main-browser', 'main/hosts/browser/entry.ts'),
  'main-electron': nodeProgram('main-electron', 'main/hosts/electron/entry.ts'),
  'preload-electron': nodeProgram('preload-electron', 'preload/electron.ts', 'cjs'),
  gateway: nodeProgram('gateway', 'main/gateway/entry.ts'),
  /** What stops cameras when main cannot. */
  'ptz-guard': nodeProgram('ptz-guard', 'main/ptz-guard/entry.ts'),
  /** The demonstration city's thread, beside the gateway that starts it. */
  'city-worker': nodeProgram('city-worker', 'main/gateway/city/city-worker.ts'),
};
