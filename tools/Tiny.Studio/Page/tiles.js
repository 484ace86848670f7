// The curves of a recording. The server gives least and greatest values, so a day costs what a minute does. A screen's width of them is a
// tile, which is drawn once: scrolling
// moves tiles, which costs the same for any number of samples.
import { outline } from './api.js';
import { css } from './dom.js';

export const gutter = 46; // pixels for the scale

const mostTiles = 12;     // kept at one zoom
const mostAsked = 2;      // at a time

export class Tiles {
  constructor(recording) {
    this.recording = recording;
    this.tiles = { span: 0, map: new Map() };
    this.stale = null; // tiles of the zoom before, shown until there are others
    this.inFlight = 0;
  }

  /** Asks for the tiles in view and beside it, the nearest first. */
  fill() {
    if (this.ended || !this.scales) return;
    if (this.tiles.span !== this.span) {
      if (this.tiles.map.size > 0) this.stale = this.tiles;
      this.tiles = { span: this.span, map: new Map() };
    }
    const first = Math.floor(this.from / this.span);
    const last = Math.floor((this.to - 1e-6) / this.span);
    for (const place of [first, last, last + 1, first - 1]) {
      if (this.inFlight >= mostAsked) return;
      if (place >= 0 && place * this.span < this.recording.rows && !this.tiles.map.has(place)) this.fetch(this.tiles, place);
    }
  }

  async fetch(tiles, place) {
    const tile = { from: place * tiles.span, to: (place + 1) * tiles.span, values: null };
    tiles.map.set(place, tile);
    if (tiles.map.size > mostTiles) {
      const far = [...tiles.map.keys()].sort((a, b) => Math.abs(b - place) - Math.abs(a - place))[0];
      tiles.map.delete(far);
    }
    this.inFlight++;
    tile.parts = Math.max(1, Math.min(Math.ceil(Math.max(100, this.canvas.clientWidth)), Math.ceil(tiles.span)));
    // A part more joins the tile to the next.
    tile.values = await outline(this.recording.name, tile.from, tile.to + tiles.span / tile.parts, tile.parts + 1).catch(() => null);
    this.inFlight--;
    if (!tile.values) tiles.map.delete(place);
    else if (tiles === this.tiles && this.stale && this.covers(tiles)) this.stale = null;
    this.ask();
  }

  covers(tiles) {
    for (let place = Math.floor(this.from / tiles.span); place * tiles.span < this.to; place++) {
      if (!tiles.map.get(place)?.values) return false;
    }
    return true;
  }

  drawTiles(context, tiles, height) {
    if (!tiles || (tiles === this.stale && this.covers(this.tiles))) return;
    for (const tile of tiles.map.values()) {
      if (!tile.values || tile.to < this.from || tile.from > this.to) continue;
      const from = this.x(tile.from);
      context.drawImage(this.picture(tile, height), from, 0, this.x(tile.to) - from, height);
    }
  }

  /** The curves of a tile, drawn once for a size and color scheme. */
  picture(tile, height) {
    const ratio = window.devicePixelRatio || 1;
    const width = Math.max(1, Math.round((this.canvas.clientWidth - gutter) * ratio));
    const key = [width, height, this.scheme.matches].join();
    if (tile.key === key) return tile.picture;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, Math.max(1, Math.round(height * ratio))];
    const context = canvas.getContext('2d');
    const colors = ['--hot', '--warm', '--good'].map(css);
    const lane = canvas.height / this.recording.channels.length;
    this.recording.channels.forEach((_, channel) => {
      context.fillStyle = context.strokeStyle = colors[channel % 3];
      this.curve(context, tile, channel, channel * lane, lane, width / tile.parts, ratio);
    });
    [tile.key, tile.picture] = [key, canvas];
    return canvas;
  }

  /** A channel: a line where there are samples to join, else a column from least to greatest for each part. */
  curve(context, tile, channel, top, lane, pixels, ratio) {
    const [least, greatest] = this.scales[channel];
    const y = value => top + lane - 4 * ratio - (value - least) / (greatest - least || 1) * (lane - 8 * ratio);
    const parts = tile.parts + 1;
    const values = tile.values.subarray(2 * channel * parts, 2 * (channel + 1) * parts);
    if (pixels > 1.5) {
      context.lineWidth = 1.25 * ratio;
      context.beginPath();
      let pen = false;
      for (let part = 0; part < parts; part++) {
        const [low, high] = [values[2 * part], values[2 * part + 1]];
        if (isNaN(low)) {
          pen = false;
          continue;
        }
        if (pen) context.lineTo(part * pixels, y(low));
        else context.moveTo(part * pixels, y(low));
        if (high !== low) context.lineTo(part * pixels, y(high));
        pen = true;
      }
      context.stroke();
      return;
    }
    for (let part = 0; part < parts - 1; part++) {
      // Up or down to the next part, so that no gap parts two columns.
      const low = Math.min(values[2 * part], isNaN(values[2 * part + 3]) ? Infinity : values[2 * part + 3]);
      const high = Math.max(values[2 * part + 1], isNaN(values[2 * part + 2]) ? -Infinity : values[2 * part + 2]);
      if (isNaN(values[2 * part])) continue;
      const above = y(high);
      context.fillRect(Math.floor(part * pixels), above, Math.max(1, Math.round(ratio)), Math.max(ratio, y(low) - above));
    }
  }

  overviewPicture(width, height) {
    const key = [width, height, this.scheme.matches].join();
    if (this.overviewKey === key) return this.overviewDrawn;
    const ratio = window.devicePixelRatio || 1;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    const context = canvas.getContext('2d');
    context.scale(ratio, ratio);
    context.strokeStyle = this.colors['--soft'];
    const [least, greatest] = this.scales[0];
    const y = value => height - 2 - (value - least) / (greatest - least || 1) * (height - 4);
    context.beginPath();
    for (let part = 0; part < this.parts; part++) {
      const [low, high] = [this.whole[2 * part], this.whole[2 * part + 1]];
      if (isNaN(low)) continue;
      context.lineTo(part / this.parts * width, y(low));
      if (high !== low) context.lineTo(part / this.parts * width, y(high));
    }
    context.stroke();
    [this.overviewKey, this.overviewDrawn] = [key, canvas];
    return canvas;
  }
}
