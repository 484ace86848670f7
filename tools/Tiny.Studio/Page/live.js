// The signal as it comes: the last seconds of each channel. What comes between two frames is drawn in the next, so the page keeps its pace
// at any rate.
import { on } from './api.js';
import { css, fit, h } from './dom.js';
import { Strip } from './strip.js';

export class LiveTrace {
  constructor(seconds = 5) {
    this.seconds = seconds;
    this.canvas = h('canvas', { class: 'livetrace', role: 'img', 'aria-label': 'The signal as it comes' });
    this.rate = 50;
    this.names = [];
    this.forget();
    this.frames = 0;
    this.worst = 0;
    this.received = 0;
    this.missed = 0;
    this.ends = [on('trace', batch => this.take(batch)), on('status', status => this.know(status))];
    this.last = performance.now();
    this.began = this.last;
    const frame = now => {
      if (this.ended) return;
      this.frames++;
      this.worst = Math.max(this.worst, now - this.last);
      this.last = now;
      if (this.dirty) this.draw();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  end() {
    this.ended = true;
    for (const end of this.ends) end();
  }

  /** Frames a second since it was last asked. */
  pace() {
    const now = performance.now();
    const pace = 1000 * this.frames / Math.max(1, now - this.began);
    [this.frames, this.began] = [0, now];
    return pace;
  }

  know(status) {
    this.names = status.channels ?? this.names;
    const rate = status.nominal || status.rate || this.rate;
    if (Math.abs(rate - this.rate) > 0.1 * this.rate) {
      this.rate = rate;
      this.forget();
    }
  }

  forget() {
    this.width = 0;
    this.next = null;
  }

  take(batch) {
    const size = Math.max(16, Math.round(this.seconds * this.rate));
    if (this.width !== batch.channels || this.size !== size) {
      [this.width, this.size, this.count] = [batch.channels, size, 0];
      this.strip = null;
      this.ring = Array.from({ length: this.width }, () => new Float32Array(size));
    }
    if (this.next !== null && batch.first > this.next) this.missed += batch.first - this.next;
    this.next = batch.first + batch.count;
    this.received += batch.count;
    this.dirty = true;
    if (this.prepare()) {
      for (let i = 0; i < batch.count; i++) this.strip.add(batch.values, i * this.width);
      return;
    }
    for (let i = 0; i < batch.count; i++, this.count++) {
      for (let channel = 0; channel < this.width; channel++) this.ring[channel][this.count % size] = batch.values[i * this.width + channel];
    }
  }

  /** Whether there is more than a sample to a pixel, so that columns are drawn instead of lines. */
  prepare() {
    const columns = Math.round(this.canvas.clientWidth);
    if (columns < 16 || this.size < 1.5 * columns) return false;
    const isOld = this.strip && (this.strip.columns !== columns || this.strip.height !== this.canvas.clientHeight
      || this.dark !== matchMedia('(prefers-color-scheme: dark)').matches);
    if (!this.strip || isOld) {
      this.dark = matchMedia('(prefers-color-scheme: dark)').matches;
      this.strip = new Strip(columns, Math.round(this.canvas.clientHeight), this.width, this.size / columns);
    }
    return true;
  }

  draw() {
    this.dirty = false;
    if (!this.canvas.isConnected || !this.width) return;
    const [context, width, height] = fit(this.canvas);
    context.clearRect(0, 0, width, height);
    if (this.strip) {
      this.strip.draw(context, width, height);
      this.lanes(context, width, height);
      return;
    }
    const lane = height / this.width;
    const present = Math.min(this.count, this.size);
    const start = this.count - present;
    for (let channel = 0; channel < this.width; channel++) {
      const values = this.ring[channel];
      let [least, greatest] = [Infinity, -Infinity];
      for (let i = 0; i < present; i++) {
        least = Math.min(least, values[i]);
        greatest = Math.max(greatest, values[i]);
      }
      const middle = (least + greatest) / 2;
      const half = Math.max((greatest - least) / 2, 1e-3 * Math.abs(middle), 1e-6) * 1.1;
      const top = channel * lane;
      context.strokeStyle = css(channel % 3 === 0 ? '--hot' : channel % 3 === 1 ? '--warm' : '--good');
      context.lineWidth = 1.25;
      context.beginPath();
      const columns = Math.max(1, Math.min(present, Math.round(width)));
      for (let column = 0; column < columns; column++) {
        const from = Math.floor(column * present / columns);
        const to = Math.max(from + 1, Math.floor((column + 1) * present / columns));
        let [low, high] = [Infinity, -Infinity];
        for (let i = from; i < to; i++) {
          const value = values[(start + i) % this.size];
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
        const x = width - (present - from) / this.size * width;
        const y = value => top + lane / 2 - (value - middle) / half * (lane / 2 - 3);
        if (column === 0) context.moveTo(x, y(low));
        else context.lineTo(x, y(low));
        if (high !== low) context.lineTo(x, y(high));
      }
      context.stroke();
    }
    this.lanes(context, width, height);
  }

  lanes(context, width, height) {
    const lane = height / this.width;
    context.strokeStyle = css('--line');
    context.fillStyle = css('--soft');
    context.lineWidth = 1;
    context.font = '12px system-ui';
    for (let channel = 0; channel < this.width; channel++) {
      context.strokeRect(0.5, channel * lane + 0.5, width - 1, lane);
      context.fillText(this.names[channel] ?? `c${channel}`, 6, channel * lane + 14);
    }
  }
}
