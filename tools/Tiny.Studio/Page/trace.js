// A recording as traces, a lane for each channel: zoom, scroll, a caret, a selection, labeled stretches.
import { attempt, outline } from './api.js';
import { colorOf, css, fit, h } from './dom.js';
import { Tiles, gutter } from './tiles.js';


export class Trace extends Tiles {
  /** @param options classes(), onSelect(from, to), onPick(stretch), stretches(), answers() */
  constructor(recording, options) {
    super(recording);
    this.options = options;
    this.from = 0;
    this.span = Math.max(1, recording.rows);
    this.to = this.span;
    this.caret = 0;
    this.anchor = null; // the other end of the selection
    this.frames = 0;
    this.canvas = h('canvas', { class: 'trace', tabindex: 0, role: 'application',
      'aria-label': `Traces of ${recording.title}, ${recording.rows} samples of ${recording.channels.join(', ')}`,
        'aria-describedby': 'trace-keys' });
    this.overview = h('canvas', { class: 'over', 'aria-hidden': 'true' });
    this.said = h('p', { class: 'soft', 'aria-live': 'polite' });
    this.element = h('div', {}, this.canvas, this.overview, this.said);
    this.canvas.addEventListener('wheel', event => this.onWheel(event), { passive: false });
    this.canvas.addEventListener('pointerdown', event => this.onDown(event));
    this.canvas.addEventListener('keydown', event => this.onKey(event));
    this.overview.addEventListener('pointerdown', event => this.center(event.offsetX / this.overview.clientWidth * this.recording.rows));
    this.resize = new ResizeObserver(() => this.ask());
    this.resize.observe(this.canvas);
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.recolor = () => this.draw();
    this.scheme.addEventListener('change', this.recolor);
    this.ready = attempt(async () => {
      this.parts = Math.max(1, Math.min(1000, recording.rows));
      this.whole = await outline(recording.name, 0, Math.max(1, recording.rows), this.parts);
      this.scales = recording.channels
        .map((_, channel) => range(this.whole.subarray(2 * this.parts * channel, 2 * this.parts * (channel + 1))));
      this.ask();
    });
  }

  end() {
    this.resize.disconnect();
    this.scheme.removeEventListener('change', this.recolor);
    this.ended = true;
  }

  get selection() {
    return this.anchor === null || this.anchor === this.caret ? null
      : [Math.min(this.anchor, this.caret), Math.max(this.anchor, this.caret)];
  }

  x(sample) {
    return gutter + (sample - this.from) / this.span * (this.canvas.clientWidth - gutter);
  }

  sample(x) {
    return Math.round(this.from + (x - gutter) / (this.canvas.clientWidth - gutter) * this.span);
  }

  /** Shows a stretch of the recording. */
  view(from, to) {
    const rows = Math.max(1, this.recording.rows);
    const wanted = Math.min(rows, Math.max(8, to - from));
    // Scrolling keeps the span to the last bit, so that its tiles stay.
    const span = Math.abs(wanted / this.span - 1) < 1e-9 ? this.span : wanted;
    this.span = span;
    this.from = Math.min(Math.max(0, from), rows - span);
    this.to = this.from + span;
    this.ask();
  }

  center(sample) {
    this.view(sample - this.span / 2, sample + this.span / 2);
  }

  zoom(factor, about) {
    const span = this.span * factor;
    const share = (about - this.from) / this.span;
    this.view(about - share * span, about + (1 - share) * span);
  }

  select(from, to) {
    [this.anchor, this.caret] = [this.clamp(from), this.clamp(to)];
    if (to < this.from || from > this.to) this.center((from + to) / 2);
    this.tell();
    this.ask();
  }

  clear() {
    this.anchor = null;
    this.tell();
    this.ask();
  }

  clamp(sample) {
    return Math.min(this.recording.rows, Math.max(0, Math.round(sample)));
  }

  tell() {
    const rate = this.recording.rate;
    const at = sample => rate > 0 ? `${(sample / rate).toFixed(2)} s` : `sample ${sample}`;
    const selection = this.selection;
    this.said.textContent = selection
      ? `Selected: ${at(selection[0])} to ${at(selection[1])}, ${selection[1] - selection[0]} samples.`
      : `Caret at ${at(this.caret)}, sample ${this.caret}.`;
    this.options.onSelect?.(selection);
  }

  /** Draws in the next frame, and asks for the tiles that are not there yet. */
  ask() {
    if (this.asked || this.ended) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.draw();
      this.fill();
    });
  }

  draw() {
    if (this.ended || !this.scales || !this.canvas.isConnected) return;
    this.frames++;
    const [context, width, height] = fit(this.canvas);
    context.clearRect(0, 0, width, height);
    const lane = (height - 18) / this.recording.channels.length;
    this.colors = Object.fromEntries(['--ink', '--soft', '--line', '--hot'].map(name => [name, css(name)]));
    this.drawStretches(context, height - 18);
    context.save();
    context.beginPath();
    context.rect(gutter, 0, width - gutter, height - 18);
    context.clip();
    for (const tiles of [this.stale, this.tiles]) this.drawTiles(context, tiles, height - 18);
    context.restore();
    this.recording.channels.forEach((name, channel) => this.drawLane(context, name, channel, channel * lane, lane, width));
    this.drawTime(context, width, height);
    this.drawMarks(context, height - 18);
    this.drawOverview();
  }

  drawStretches(context, height) {
    const classes = this.options.classes();
    for (const stretch of this.options.stretches()) {
      const [from, to] = [Math.max(gutter, this.x(stretch.from)), this.x(stretch.to)];
      if (to <= gutter || from > this.canvas.clientWidth) continue;
      context.fillStyle = colorOf(stretch.label, classes, stretch.proposed ? 0.12 : 0.25);
      context.fillRect(from, 0, to - from, height);
      context.strokeStyle = colorOf(stretch.label, classes);
      context.lineWidth = stretch === this.options.picked?.() ? 3 : 1;
      context.setLineDash(stretch.proposed ? [4, 3] : []);
      context.strokeRect(from, 0.5, to - from, height - 1);
      context.setLineDash([]);
      context.fillStyle = this.colors['--ink'];
      context.font = '12px system-ui';
      context.textAlign = 'left';
      context.fillText(stretch.label, from + 4, 13, Math.max(10, to - from - 6));
    }
  }

  drawLane(context, name, channel, top, lane, width) {
    const [least, greatest] = this.scales[channel];
    context.strokeStyle = this.colors['--line'];
    context.lineWidth = 1;
    context.strokeRect(gutter - 0.5, top + 0.5, width - gutter, lane);
    context.fillStyle = this.colors['--soft'];
    context.font = '11px system-ui';
    context.textAlign = 'right';
    context.fillText(name, gutter - 5, top + lane / 2 + 4, gutter - 8);
    if (lane > 44) {
      context.fillText(short(greatest), gutter - 5, top + 11, gutter - 8);
      context.fillText(short(least), gutter - 5, top + lane - 3, gutter - 8);
    }
  }

  drawTime(context, width, height) {
    const rate = this.recording.rate > 0 ? this.recording.rate : 1;
    const seconds = this.span / rate;
    const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1800, 3600, 7200, 36000]
      .find(unit => seconds / unit <= Math.max(2, width / 90)) ?? 86400;
    context.fillStyle = this.colors['--soft'];
    context.font = '11px system-ui';
    context.textAlign = 'center';
    for (let time = Math.ceil(this.from / rate / step) * step; time * rate <= this.to; time += step) {
      const text = this.recording.rate > 0 ? step < 1 ? `${time.toFixed(2)} s` : time >= 120
        ? `${Math.floor(time / 60)}:${String(Math.round(time % 60)).padStart(2, '0')}` : `${Math.round(time)} s` : `${Math.round(time)}`;
      const half = context.measureText(text).width / 2;
      context.fillText(text, Math.min(width - half - 2, Math.max(gutter - 20 + half, this.x(time * rate))), height - 4);
    }
  }

  drawMarks(context, height) {
    const selection = this.selection;
    if (selection) {
      context.fillStyle = this.colors['--hot'];
      context.globalAlpha = 0.22;
      context.fillRect(this.x(selection[0]), 0, this.x(selection[1]) - this.x(selection[0]), height);
      context.globalAlpha = 1;
    }
    const at = this.x(this.caret);
    if (at >= gutter) {
      context.strokeStyle = this.colors['--ink'];
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(at, 0);
      context.lineTo(at, height);
      context.stroke();
    }
  }

  drawOverview() {
    const [context, width, height] = fit(this.overview);
    context.clearRect(0, 0, width, height);
    const classes = this.options.classes();
    const rows = Math.max(1, this.recording.rows);
    context.drawImage(this.overviewPicture(width, height), 0, 0, width, height);
    for (const stretch of this.options.stretches()) {
      context.fillStyle = colorOf(stretch.label, classes, 0.5);
      context.fillRect(stretch.from / rows * width, height - 6, Math.max(1, (stretch.to - stretch.from) / rows * width), 6);
    }
    context.strokeStyle = this.colors['--hot'];
    context.lineWidth = 2;
    context.strokeRect(this.from / rows * width + 1, 1, Math.max(3, this.span / rows * width - 2), height - 2);
  }

  onWheel(event) {
    event.preventDefault();
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const delta = (event.deltaX || event.deltaY) / 400 * this.span;
      this.view(this.from + delta, this.to + delta);
    } else {
      this.zoom(Math.exp(event.deltaY / 400), this.sample(event.offsetX));
    }
  }

  onDown(event) {
    if (event.button !== 0) return;
    this.canvas.focus();
    this.canvas.setPointerCapture(event.pointerId);
    const start = this.clamp(this.sample(event.offsetX));
    const hit = this.options.stretches().find(stretch => stretch.from <= start && start < stretch.to);
    const from = event.shiftKey ? this.anchor ?? this.caret : start;
    [this.anchor, this.caret] = [from, start];
    const move = next => {
      this.caret = this.clamp(this.sample(next.offsetX));
      this.tell();
      this.ask();
    };
    const up = () => {
      this.canvas.removeEventListener('pointermove', move);
      if (!this.selection) {
        this.anchor = null;
        this.options.onPick?.(hit ?? null);
      }
      this.tell();
      this.ask();
    };
    this.canvas.addEventListener('pointermove', move);
    this.canvas.addEventListener('pointerup', up, { once: true });
    this.ask();
  }

  onKey(event) {
    if (event.ctrlKey && event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    if (event.altKey || event.metaKey) return;
    const step = event.ctrlKey ? this.span / 5 : Math.max(1, this.span / 200);
    const moves = { ArrowLeft: -step, ArrowRight: step, PageUp: -this.span * 0.8, PageDown: this.span * 0.8, Home: -Infinity,
      End: Infinity };
    if (event.key in moves) {
      const move = moves[event.key];
      if (event.shiftKey) this.anchor ??= this.caret;
      else this.anchor = null;
      this.caret = move === -Infinity ? 0 : move === Infinity ? this.recording.rows : this.clamp(this.caret + move);
      if (this.caret < this.from || this.caret > this.to) this.center(this.caret);
      this.tell();
    } else if (event.key === '+' || event.key === '=' || event.key === 'ArrowUp') this.zoom(0.7, this.caret);
    else if (event.key === '-' || event.key === 'ArrowDown') this.zoom(1 / 0.7, this.caret);
    else if (event.key === '0') this.view(0, this.recording.rows);
    else if (event.key === 'Escape') this.clear();
    else if (!this.options.onKey?.(event)) return;
    event.preventDefault();
    this.ask();
  }
}

function range(pairs) {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] < least) least = pairs[i];
    if (pairs[i + 1] > greatest) greatest = pairs[i + 1];
  }
  return least <= greatest ? [least, greatest] : [0, 1];
}

function short(value) {
  return Math.abs(value) >= 1000 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}
