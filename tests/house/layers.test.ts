import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** Which folders a folder may import from (itself always). Packages: all, unless named otherwise. */
const layers: readonly { readonly from: string; readonly may: readonly string[]; readonly packages?: readonly string[] }[] = [
  { from: 'core/', may: ['core/'], packages: ['zod'] },
  { from: 'main/ports/', may: ['core/'], packages: ['zod'] },
  { from: 'main/features/', may: ['core/', 'main/ports/'] },
  { from: 'main/stores/', may: ['core/', 'main/ports/'] },
  { from: 'main/protocols/', may: ['core/', 'main/ports/', 'main/gateway/source.ts'] },
  { from: 'main/gateway/', may: ['core/', 'main/ports/', 'main/protocols/'] },
  {
    from: 'main/supervision/',
    may: [
      'core/',
      'main/ports/',
      'main/gateway/control.ts',
      'main/gateway/json-lines.ts',
      'main/gateway/boot.ts',
      'main/ptz-guard/guard-messages.ts',
      'main/ptz-guard/guard-process.ts',
      'main/ptz-guard/message-lines.ts',
    ],
  },
  { from: 'main/ptz-guard/', may: ['core/', 'main/ports/', 'main/protocols/onvif/'] },
  { from: 'preload/', may: ['core/'] },
  { from: 'renderer/media/', may: ['core/'] },
  { from: 'renderer/ui/', may: ['core/', 'assets/'] },
  { from: 'renderer/features/', may: ['core/', 'renderer/media/', 'renderer/ui/', 'renderer/app/words.ts', 'assets/'] },
  { from: 'renderer/', may: ['core/', 'renderer/', 'preload/bridge-global.d.ts', 'assets/'] },
  { from: 'main/hosts/browser/', may: ['core/', 'main/'] },
  { from: 'main/hosts/electron/', may: ['core/', 'main/'] },
];

const files = sourceFiles();

describe('the layers', () => {
  it('are really read', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(100);
  });

  for (const layer of layers) {
    it(`${layer.from} imports only ${[...layer.may, ...(layer.packages ?? ['packages'])].join(', ')}`, () => {
      const wrong = files
        .filter((file) => file.path.startsWith(layer.from))
        .flatMap((file) => file.imports.map((target) => ({ file: file.path, target })))
        .filter(({ target }) => {
          if (target.startsWith(layer.from)) return false;
          if (/^(core|main|renderer|preload|assets|build|tests)\//.test(target))
            return !layer.may.some((allowed) => target.startsWith(allowed));
          return layer.packages !== undefined && !layer.packages.includes(target);
        });
      expect(wrong).toEqual([]);
    });
  }

  it('only the Electron host and its preload have heard of Electron', () => {
    const wrong = files.filter(
      (file) =>
        file.imports.includes('electron') &&
        !/^(main\/hosts\/electron\/|preload\/electron\.ts|tests\/electron\/)/.test(file.path),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it('hosts do not import each other', () => {
    const wrong = files.filter(
      (file) =>
        (file.path.startsWith('main/hosts/browser/') &&
          file.imports.some((target) => target.startsWith('main/hosts/electron/'))) ||
        (file.path.startsWith('main/hosts/electron/') && file.imports.some((target) => target.startsWith('main/hosts/browser/'))),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it('features never import each other', () => {
    const featureOf = (path: string) => /^(?:main|renderer)\/features\/([^/]+)\//.exec(path)?.[1];
    const wrong = files.flatMap((file) => {
      const own = featureOf(file.path);
      return file.imports
        .filter((target) => own && featureOf(target) && featureOf(target) !== own)
        .map((target) => `${file.path} → ${target}`);
    });
    expect(wrong).toEqual([]);
  });
});
