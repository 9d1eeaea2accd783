import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

/**
 * Loaded into main ahead of it: from SIGUSR2 to SIGCONT the network between main and all cameras' control is cut. What main sends goes
 * nowhere, and nothing tells it so.
 */
let isCut = false;
// Said, because a process hears of signals after everything else that came meanwhile: a Stop that was told later could go ahead of the cut.
process.on('SIGUSR2', () => {
  isCut = true;
  process.stderr.write('the network is cut\n');
});
process.on('SIGCONT', () => {
  isCut = false;
});
subscribe('http.client.request.created', (message) => {
  const request = typeof message === 'object' && message !== null && 'request' in message ? message.request : null;
  if (!(request instanceof ClientRequest) || !request.path.startsWith('/onvif')) return;
  // Ahead of its first byte. Who gave it up destroys it: no such connection is used again.
  request.once('socket', (socket) => {
    if (isCut) socket.write = () => true;
  });
});
