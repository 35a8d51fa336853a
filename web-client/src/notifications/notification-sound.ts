/** Plays two synthesised notes. A sound file would need a request and a content security policy that allows it. */
let context: AudioContext | null = null;

export function playSound(): void {
  try {
    context ??= new AudioContext();
    // Browsers keep the context suspended until the person has interacted with the page.
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
    note(context, 784, 0);
    note(context, 1047, 0.11);
  } catch {
    context = null;
  }
}

function note(audio: AudioContext, frequency: number, delay: number): void {
  const start = audio.currentTime + delay;
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = 'sine';
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.07, start + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.28);
  tone.connect(volume).connect(audio.destination);
  tone.start(start);
  tone.stop(start + 0.3);
}
