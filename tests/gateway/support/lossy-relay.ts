import { createSocket } from 'node:dgram';

/** A UDP hop between browser and gateway that loses every n-th media packet on its way to the browser, for once. */
export interface LossyRelay {
  /** The answer with the gateway's address replaced by the relay's. */
  through(answer: string): string;
  lost(): number;
  close(): void;
}

export async function createLossyRelay(everyNth: number): Promise<LossyRelay> {
  const socket = createSocket('udp4');
  let gatewayPort = 0;
  let browserPort = 0;
  let seen = 0;
  let lost = 0;
  socket.on('message', (packet, from) => {
    if (from.port !== gatewayPort) {
      browserPort = from.port;
      return socket.send(packet, gatewayPort, '127.0.0.1');
    }
    // RFC 7983: 128 to 191 is RTP or RTCP; RTCP's types are 192 to 223 in the second byte.
    const first = packet[0] ?? 0;
    const second = packet[1] ?? 0;
    const media = first >= 128 && first <= 191 && !(second >= 192 && second <= 223);
    if (media) seen += 1;
    if (media && seen % everyNth === 0) {
      lost += 1;
      return;
    }
    socket.send(packet, browserPort, '127.0.0.1');
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    through(answer) {
      return answer.replace(
        /^(a=candidate:\S+ 1 UDP \d+ 127\.0\.0\.1) (\d+) (typ host.*)$/im,
        (_line, start: string, port: string, end: string) => {
          gatewayPort = Number(port);
          return `${start} ${socket.address().port} ${end}`;
        },
      );
    },
    lost: () => lost,
    close: () => socket.close(),
  };
}
