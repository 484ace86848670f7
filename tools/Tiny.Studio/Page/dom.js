// Small helpers for building the page. Text is always set as text, never as markup: names come from files.

/** An element with attributes (on… are listeners, true and false are plain attributes) and children. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
  return element;
}

/** A labeled input. */
export function field(text, input) {
  return h('label', { class: 'field' }, h('span', {}, text), input);
}

export function select(options, value, attributes = {}) {
  const element = h('select', attributes, options.map(option => {
    const [key, text] = Array.isArray(option) ? option : [option, option];
    return h('option', { value: key }, text);
  }));
  if (value !== undefined && value !== null) element.value = value;
  return element;
}

/** A command as one would type it, with a button that copies it. */
export function command(text) {
  return h('div', { class: 'cmd' },
    h('code', { tabindex: 0, role: 'region', 'aria-label': 'The same on the command line' }, text),
    h('button', { type: 'button', class: 'small', onclick: () => navigator.clipboard?.writeText(text).then(() => toast('Copied.')) },
      'Copy'));
}

export function toast(text, bad = false) {
  const element = h('div', { class: bad ? 'toast bad' : 'toast' }, text);
  document.getElementById('toasts').append(element);
  setTimeout(() => element.remove(), bad ? 9000 : 4000);
}

export function tile(name, value, kind = '') {
  return h('li', { class: kind }, h('b', {}, value), name);
}

/** A number with at most so many digits behind the point. */
export function number(value, digits = 2) {
  return value === null || value === undefined || !isFinite(value)
    ? '–' : Number(value.toFixed(digits)).toLocaleString('en-US', { maximumFractionDigits: digits });
}

export function bytes(value) {
  return value === null || value === undefined ? '–' : value < 10240 ? `${number(value, 0)} bytes` : `${number(value / 1024, 1)} KB`;
}

export function duration(rows, rate) {
  if (!(rate > 0)) return `${number(rows, 0)} samples`;
  const seconds = rows / rate;
  return seconds < 120 ? `${number(seconds, 2)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Colors of classes: far from each other, and each comes with its name, so that none depends on color alone. */
export function colorOf(label, classes, alpha = 1) {
  const place = Math.max(0, classes.indexOf(label));
  const shade = getComputedStyle(document.documentElement).getPropertyValue('--shade').trim();
  return `hsl(${(210 + place * 137.5) % 360} 70% ${shade} / ${alpha})`;
}

export function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Fits a canvas to its place on a screen of any density; its context draws in CSS pixels. */
export function fit(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return [context, canvas.clientWidth, canvas.clientHeight];
}
