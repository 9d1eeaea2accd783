/** The least that shows the streams: a `<video>` and an RTCPeerConnection each, with an H.264-only offer, and nothing else. */

const videos: HTMLVideoElement[] = [];
const peers: RTCPeerConnection[] = [];

function place(index: number): HTMLVideoElement {
  const there = videos[index];
  if (there) return there;
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  document.body.append(video);
  videos.push(video);
  return video;
}

async function open(camera: string, index: number): Promise<void> {
  const video = place(index);
  const peer = new RTCPeerConnection();
  peers.push(peer);
  const transceiver = peer.addTransceiver('video', { direction: 'recvonly' });
  const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
  transceiver.setCodecPreferences(codecs.filter((codec) => codec.mimeType === 'video/H264'));
  peer.addEventListener('track', ({ track }) => {
    video.srcObject = new MediaStream([track]);
  });
  await peer.setLocalDescription();
  if (peer.iceGatheringState !== 'complete') {
    await new Promise<void>((resolve) => {
      peer.addEventListener('icegatheringstatechange', () => {
        if (peer.iceGatheringState === 'complete') resolve();
      });
    });
  }
  const answer = await fetch(`/whep/${camera}`, {
    method: 'POST',
    headers: { 'content-type': 'application/sdp' },
    body: peer.localDescription?.sdp ?? '',
  });
  if (!answer.ok) throw new Error(`${camera}: ${answer.status}`);
  await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
}

/** Asked by the bench: pictures decoded so far, stream by stream. */
export const bareFrames = () => videos.map((video) => video.getVideoPlaybackQuality().totalVideoFrames);

interface BareCell {
  readonly column: number;
  readonly row: number;
  readonly columnSpan: number;
  readonly rowSpan: number;
}

/** Asked by the bench: the first videos into these cells, the others hidden; all streams go on. */
export function bareDivide(columns: number, rows: number, cells: readonly BareCell[]): void {
  const { style } = document.body;
  style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  style.gridTemplateRows = `repeat(${rows}, minmax(0, 1fr))`;
  document.body.className = 'divided';
  for (const [index, video] of videos.entries()) {
    const cell = cells[index];
    video.hidden = cell === undefined;
    if (!cell) continue;
    video.style.gridColumn = `${cell.column + 1} / span ${cell.columnSpan}`;
    video.style.gridRow = `${cell.row + 1} / span ${cell.rowSpan}`;
  }
}

/** Asked by the bench: shows these cameras in place of what is shown, with new connections. Resolves when all are answered. */
async function bareShow(cameras: readonly string[]): Promise<void> {
  for (const peer of peers.splice(0)) peer.close();
  // As square as it goes.
  document.body.style.setProperty('--side', `${Math.ceil(Math.sqrt(cameras.length))}`);
  await Promise.all(cameras.map(open));
}

Object.assign(window, { bareFrames, bareDivide, bareShow });
await bareShow((new URLSearchParams(location.search).get('cameras') ?? '').split(',').filter((camera) => camera !== ''));
