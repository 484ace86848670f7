// Many samples to a pixel: each column of pixels is the least and greatest value of its samples. A column is drawn once, into a picture
// that goes round like a drum; a frame
// costs two copies of it, whatever the rate.
import { css } from './dom.js';

const settle = 60;  // frames from one look at the scales to the next

export class Strip {
  /** @param columns of pixels @param height in pixels @param channels how many @param size samples of a column, at least 1 */
  constructor(columns, height, channels, size) {
    Object.assign(this, { columns, height, channels, size });
    this.low = Array.from({ length: channels }, () => new Float32Array(columns).fill(NaN));
    this.high = Array.from({ length: channels }, () => new Float32Array(columns).fill(NaN));
    this.scales = Array.from({ length: channels }, () => [Infinity, -Infinity]);
    this.current = -1; // column that is being filled, counted from the first sample
    this.drawn = -1;
    this.samples = 0;
    this.frames = 0;
    this.canvas = document.createElement('canvas');
    [this.canvas.width, this.canvas.height] = [columns, height];
    this.colors = ['--hot', '--warm', '--good'].map(css);
  }

  add(values, offset) {
    const column = Math.floor(this.samples++ / this.size);
    const place = column % this.columns;
    for (let channel = 0; channel < this.channels; channel++) {
      const value = values[offset + channel];
      const isNew = column !== this.current;
      if (isNew || value < this.low[channel][place]) this.low[channel][place] = value;
      if (isNew || value > this.high[channel][place]) this.high[channel][place] = value;
      const scale = this.scales[channel];
      if (value < scale[0] || value > scale[1]) this.outgrown = true;
    }
    this.current = column;
  }

  /** Draws what came since the last frame, and the whole onto a context. */
  draw(context, width, height) {
    if (this.outgrown || ++this.frames % settle === 0) this.rescale();
    const picture = this.canvas.getContext('2d');
    for (let column = Math.max(this.drawn, this.current - this.columns + 1, 0); column <= this.current; column++) this.column(
      picture, column);
    this.drawn = this.current;
    const head = (this.current + 1) % this.columns;
    const scale = width / this.columns;
    context.imageSmoothingEnabled = false;
    if (head < this.columns) context.drawImage(
      this.canvas, head, 0, this.columns - head, this.height, 0, 0, (this.columns - head) * scale, height);
    if (head > 0) context.drawImage(this.canvas, 0, 0, head, this.height, (this.columns - head) * scale, 0, head * scale, height);
  }

  column(picture, column) {
    const place = column % this.columns;
    const before = (place + this.columns - 1) % this.columns;
    const lane = this.height / this.channels;
    picture.clearRect(place, 0, 1, this.height);
    for (let channel = 0; channel < this.channels; channel++) {
      let [low, high] = [this.low[channel][place], this.high[channel][place]];
      if (isNaN(low)) continue;
      // Up or down to the column before, so that no gap parts two columns.
      if (column > 0 && this.high[channel][before] < low) low = this.high[channel][before];
      if (column > 0 && this.low[channel][before] > high) high = this.low[channel][before];
      const [least, greatest] = this.scales[channel];
      const y = value => channel * lane + lane - 4 - (value - least) / (greatest - least || 1) * (lane - 8);
      picture.fillStyle = this.colors[channel % 3];
      const above = y(high);
      picture.fillRect(place, above, 1, Math.max(1, y(low) - above));
    }
  }

  /** Scales that hold all that is shown, with room to grow; they shrink only when less than a third is used. */
  rescale() {
    this.outgrown = false;
    let changed = false;
    for (let channel = 0; channel < this.channels; channel++) {
      let [least, greatest] = [Infinity, -Infinity];
      for (let place = 0; place < this.columns; place++) {
        if (this.low[channel][place] < least) least = this.low[channel][place];
        if (this.high[channel][place] > greatest) greatest = this.high[channel][place];
      }
      const [low, high] = this.scales[channel];
      const fits = least >= low && greatest <= high && greatest - least > (high - low) / 3;
      if (least <= greatest && !fits) {
        const room = Math.max(0.25 * (greatest - least), 1e-3 * Math.abs(least), 1e-6);
        this.scales[channel] = [least - room, greatest + room];
        changed = true;
      }
    }
    if (changed) this.drawn = -1;
  }
}
