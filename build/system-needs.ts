import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Something a command needs from the system, and Debian's packages that bring it. */
export interface SystemNeed {
  readonly what: string;
  readonly packages: readonly string[];
  present(): boolean;
}

/** Whether a program of this name can be run from the PATH. */
export function onPath(name: string, path: string = process.env['PATH'] ?? ''): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}

const program = (name: string, ...packages: string[]): SystemNeed => ({ what: name, packages, present: () => onPath(name) });
const file = (what: string, path: string, ...packages: string[]): SystemNeed => ({
  what,
  packages,
  present: () => existsSync(path),
});

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

/** A browser for the browser host; any of those it knows will do. */
export const chromiumNeed: SystemNeed = {
  what: 'a Chromium browser',
  packages: ['chromium'],
  present: () => 'CHROMIUM_PATH' in process.env || process.platform !== 'linux' || chromiumNames.some((name) => onPath(name)),
};

export const ffmpegNeed: SystemNeed = {
  what: 'ffmpeg',
  packages: ['ffmpeg'],
  present: () => 'FFMPEG_PATH' in process.env || existsSync('node_modules/ffmpeg-static/ffmpeg') || onPath('ffmpeg'),
};

/** To place windows on an X11 desktop: which displays there are, and the right to open windows there as another user. */
export const desktopNeeds: readonly SystemNeed[] = [program('xrandr', 'x11-xserver-utils'), program('xauth', 'xauth')];

const gstreamer = '/usr/lib/x86_64-linux-gnu/gstreamer-1.0';
const gstreamerNeeds: readonly SystemNeed[] = existsSync('/usr/lib/x86_64-linux-gnu')
  ? [
      file('GStreamer base plugins', `${gstreamer}/libgstapp.so`, 'gstreamer1.0-plugins-base'),
      file('GStreamer good plugins', `${gstreamer}/libgstrtp.so`, 'gstreamer1.0-plugins-good'),
      file('GStreamer parsers', `${gstreamer}/libgstvideoparsersbad.so`, 'gstreamer1.0-plugins-bad'),
    ]
  : [];

/** What the tests use beside the above: several real displays, an RTSP server nobody here wrote, real footage. */
export const testNeeds: readonly SystemNeed[] = [
  { ...chromiumNeed, present: () => existsSync('/usr/bin/chromium') },
  ffmpegNeed,
  ...desktopNeeds,
  program('Xvfb', 'xvfb'),
  program('Xorg', 'xserver-xorg-core'),
  file('the dummy display driver', '/usr/lib/xorg/modules/drivers/dummy_drv.so', 'xserver-xorg-video-dummy'),
  program('openbox', 'openbox'),
  program('weston', 'weston'),
  program('xinit', 'xinit'),
  program('strace', 'strace'),
  file('GObject for Python', '/usr/lib/python3/dist-packages/gi/__init__.py', 'python3-gi'),
  {
    what: "GStreamer's RTSP server",
    packages: ['gir1.2-gst-rtsp-server-1.0'],
    present: () =>
      ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'].some((lib) =>
        existsSync(`${lib}/girepository-1.0/GstRtspServer-1.0.typelib`),
      ),
  },
  ...gstreamerNeeds,
  file('surveillance footage', '/usr/share/doc/opencv-doc', 'opencv-doc'),
];
