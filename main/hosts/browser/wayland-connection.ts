import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { isAbsolute, join } from 'node:path';

/**
 * Opens a connection to the Wayland server of `env`, to be handed down to a browser that runs as another user: the folder of the socket lets in
 * its owner alone. The browser finds it by the number in `WAYLAND_SOCKET` (libwayland, wl_display_connect). Rejects where there is no server.
 */
export async function openWaylandConnection(env: NodeJS.ProcessEnv): Promise<Socket> {
  const name = env['WAYLAND_DISPLAY'] ?? '';
  const socket = connect(isAbsolute(name) ? name : join(env['XDG_RUNTIME_DIR'] ?? '', name));
  // What comes belongs to the browser; nothing may be read here.
  socket.pause();
  await once(socket, 'connect');
  return socket;
}
