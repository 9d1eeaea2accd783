/** A switch of Chromium's command line, without the dashes; null where it takes no value. */
export interface ChromiumSwitch {
  readonly name: string;
  readonly value: string | null;
}

interface Row {
  /** Chromium's names of features (`--enable-features`). */
  readonly features: readonly string[];
  /** Where it is written that this is so. */
  readonly source: string;
}

/**
 * What switches hardware decoding on, platform by platform. None of it was measured on a GPU by us: the rows repeat what
 * Chromium's own source says. Left out on purpose: `VaapiIgnoreDriverChecks` ("manual usage only") and
 * `VaapiOnNvidiaGPUs` ("can sometimes cause crashes", crbug 1492880), both from the same file, and every switch that overrides
 * the list of GPUs known to be bad: a wall that crashes is worse than one that decodes in software.
 */
const rows: Readonly<Partial<Record<NodeJS.Platform, Row>>> = {
  linux: {
    // On by default where the build has VA-API; said here for builds of distributions that switch them off.
    features: ['AcceleratedVideoDecoder', 'AcceleratedVideoDecodeLinuxGL'],
    source: 'chromium media/base/media_switches.cc: kAcceleratedVideoDecodeLinux, kAcceleratedVideoDecodeLinuxGL',
  },
  // D3D11VideoDecoder and VideoToolbox need nothing: both are on by default.
  win32: { features: [], source: 'chromium media/base/media_switches.cc: kD3D11VideoDecoder' },
  darwin: { features: [], source: 'chromium media/gpu/mac: VideoToolbox decoders are not behind a switch' },
};

/** The switches that let Chromium 140 and later decode by hardware where there is some; none on a platform without a row. */
export function hardwareDecodingSwitches(platform: NodeJS.Platform): readonly ChromiumSwitch[] {
  const features = rows[platform]?.features ?? [];
  return features.length === 0 ? [] : [{ name: 'enable-features', value: features.join(',') }];
}
