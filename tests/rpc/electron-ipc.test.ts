import { createIpcPair } from '../electron/ipc-pair.ts';
import { describeParity } from './parity.ts';

describeParity("Electron's ipc (pretended)", async () => {
  const pair = createIpcPair();
  return { bridge: pair.bridge, onTransport: pair.onTransport, end: pair.close };
});
