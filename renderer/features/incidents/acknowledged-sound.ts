/** Two short tones that rise (Hz), each so long (s): heard in a room of forty people, startling none of them. */
const tones = [660, 880];
const toneSeconds = 0.09;
const loudness = 0.08;

let context: AudioContext | null = null;

/** Says to the ear that something is on the disk. Where the window may not make a sound, the mark says it alone. */
export function playAcknowledged(): void {
  try {
    context ??= new AudioContext();
    const { currentTime, destination } = context;
    for (const [place, hertz] of tones.entries()) {
      const from = currentTime + place * toneSeconds;
      const tone = new OscillatorNode(context, { frequency: hertz });
      const level = new GainNode(context, { gain: 0 });
      level.gain.setValueAtTime(0, from);
      level.gain.linearRampToValueAtTime(loudness, from + 0.01);
      level.gain.linearRampToValueAtTime(0, from + toneSeconds);
      tone.connect(level).connect(destination);
      tone.start(from);
      tone.stop(from + toneSeconds);
    }
    void context.resume().catch(() => {});
  } catch {
    // No sound device.
  }
}
