/**
 * Where windows are opened: on an X server (also where Wayland is there too, for that lets nobody place a window), on Wayland alone, by the
 * system itself (Windows, macOS); null where there is nothing to open a window on.
 */
export function windowSystem(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): 'x11' | 'wayland' | 'own' | null {
  if (platform !== 'linux') return 'own';
  if (env['DISPLAY']) return 'x11';
  return env['WAYLAND_DISPLAY'] ? 'wayland' : null;
}
