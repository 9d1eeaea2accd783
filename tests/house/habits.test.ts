import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

const files = sourceFiles();
const product = files.filter((file) => !file.path.startsWith('tests/'));

const offences = (pattern: RegExp, among = files) =>
  among.flatMap((file) =>
    file.text
      .split('\n')
      .map((line, index) => ({ at: `${file.path}:${index + 1}`, line }))
      .filter(({ line }) => pattern.test(line))
      .map(({ at }) => at),
  );

describe('the habits of the house', () => {
  it('no file is longer than 300 lines', () => {
    expect(files.filter((file) => file.text.split('\n').length > 301).map((file) => file.path)).toEqual([]);
  });

  it('files are named for what they export, in kebab case', () => {
    const odd = files.filter((file) => !/^([a-z0-9-]+\/|\.[a-z]+\/)*[a-z0-9-]+(\.[a-z0-9-]+)*\.tsx?$/.test(file.path));
    expect(odd.map((file) => file.path)).toEqual([]);
    expect(
      files.filter((file) => /(^|\/)(utils?|helpers?|common|manager|index)\.tsx?$/.test(file.path)).map((file) => file.path),
    ).toEqual([]);
  });

  it('nothing is unchecked: no any, no ts-ignore, no disabled lint', () => {
    expect(
      offences(
        /\bas any\b[;,)\]]|: any(\[\])?\s*[=;,)>{]|<any>|@ts-(ignore|nocheck)|(oxlint|eslint|biome)-(disable|ignore)/,
        files.filter((file) => !file.path.startsWith('tests/house/')),
      ),
    ).toEqual([]);
  });

  it('the program writes to the log or to its own terminal lines, never to the console', () => {
    expect(offences(/\bconsole\.\w+\(/, product)).toEqual([]);
  });

  it('a file leaves a window by the one way that works in every host', () => {
    const others = product.filter((file) => file.path !== 'renderer/media/file-target.ts');
    const byItself = offences(/\.download = |showSaveFilePicker|showDirectoryPicker|window\.print\(/, others);
    expect(byItself).toEqual([]);
    const writers = product.filter((file) => file.imports.includes('renderer/media/file-target.ts'));
    expect(writers.map((file) => file.path)).toEqual(['renderer/media/save-file.ts']);
  });

  it('no test is left out or left alone', () => {
    const among = files.filter((file) => file.path.startsWith('tests/') && !file.path.startsWith('tests/house/'));
    expect(offences(/\b(it|test|describe)\.(only|skip|todo)\b/, among)).toEqual([]);
  });

  it('no address outside of this machine is built in', () => {
    const allowed =
      /https?:\/\/(127\.0\.0\.1|localhost|\[::1\]|\$\{|host|camera|gateway|[a-z0-9.-]*example|[a-z.-]*\.invalid|www\.w3\.org|www\.onvif\.org\/ver|docs\.oasis-open\.org|schemas\.xmlsoap\.org|www\.webrtc\.org\/experiments\/rtp-hdrext\/|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/;
    const hits = product
      .filter((file) => !file.path.startsWith('build/'))
      .flatMap((file) => {
        const code = file.text.replaceAll(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*/g, '');
        return [...code.matchAll(/(?:https?|wss?|stun|turn):\/\/?[^\s'"`)]+/g)]
          .map((match) => match[0])
          .filter((address) => /^(stun|turn)/.test(address) || (/\w\.\w/.test(address) && !allowed.test(address)))
          .map((address) => `${file.path}: ${address}`);
      });
    expect(hits).toEqual([]);
  });
});
