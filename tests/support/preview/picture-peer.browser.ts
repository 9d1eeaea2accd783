/** A camera in small: a painted, moving picture over a real connection. */
export interface PicturePeer {
  /** Its answer, or its own offer. */
  readonly sdp: string;
  /** Takes the answer to its own offer. */
  accept(answer: string): Promise<void>;
  freeze(frozen: boolean): void;
  close(): void;
}

const width = 640;
const height = 360;
let made = 0;

/** Answers an offer (or, for null, makes one) with a picture of 10 frames a second that carries `name`. */
export async function openPicture(offer: string | null, name: string): Promise<PicturePeer> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const hue = (made++ * 47) % 360;
  let frozen = false;
  const timer = setInterval(() => {
    if (!frozen) paint(canvas, hue, name);
  }, 100);
  paint(canvas, hue, name);
  const stream = canvas.captureStream(10);
  const connection = new RTCPeerConnection();
  for (const track of stream.getVideoTracks()) connection.addTrack(track, stream);
  if (offer !== null) await connection.setRemoteDescription({ type: 'offer', sdp: withoutNames(offer) });
  await connection.setLocalDescription();
  await new Promise<void>((resolve) => {
    if (connection.iceGatheringState === 'complete') return resolve();
    connection.addEventListener('icegatheringstatechange', () => connection.iceGatheringState === 'complete' && resolve());
  });
  return {
    sdp: onLoopback(connection.localDescription?.sdp ?? ''),
    accept: (answer) => connection.setRemoteDescription({ type: 'answer', sdp: withoutNames(answer) }),
    freeze(next) {
      frozen = next;
      for (const { sender } of connection.getTransceivers()) {
        // A canvas that is not painted still repeats its last picture; a stopped camera sends nothing.
        void sender.replaceTrack(next ? null : (stream.getVideoTracks()[0] ?? null));
      }
    },
    close() {
      clearInterval(timer);
      connection.close();
    },
  };
}

/**
 * A page hides its addresses behind mDNS names, which travel by multicast: a datagram lost on a busy machine is a connection that never comes about, until
 * it is given up. So the window is told the place itself, as by our gateway, and its own checks tell where it is.
 */
function onLoopback(sdp: string): string {
  return sdp.replace(/\S+\.local(?= )/g, '127.0.0.1');
}

function withoutNames(sdp: string): string {
  return sdp.replace(/^a=candidate:.*\.local .*\r\n/gm, '');
}

function paint(canvas: HTMLCanvasElement, hue: number, name: string): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const seconds = performance.now() / 1_000;
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, `hsl(${hue} 22% 62%)`);
  sky.addColorStop(0.5, `hsl(${hue} 18% 78%)`);
  sky.addColorStop(0.5, 'hsl(30 8% 34%)');
  sky.addColorStop(1, 'hsl(30 10% 22%)');
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  for (let house = 0; house < 9; house += 1) {
    const tall = 60 + ((house * 53 + hue) % 90);
    context.fillStyle = `hsl(${(hue + house * 12) % 360} 14% ${34 + ((house * 7) % 22)}%)`;
    context.fillRect(house * 74 - 8, height / 2 - tall, 66, tall + 8);
  }
  for (let car = 0; car < 7; car += 1) {
    const x = ((seconds * (40 + car * 12) + car * 140) % (width + 120)) - 60;
    context.fillStyle = `hsl(${(car * 60 + hue) % 360} 45% 52%)`;
    context.fillRect(x, 205 + car * 19, 46, 15);
  }
  context.fillStyle = '#fffc';
  context.font = '14px sans-serif';
  context.fillText(`${name} ${seconds.toFixed(1)}`, 12, height - 12);
}
