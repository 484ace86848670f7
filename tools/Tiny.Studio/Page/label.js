// Label: a recording as traces; mark stretches, cut, rename, note.
import { attempt, get, post } from './api.js';
import { duration, field, h, number, toast } from './dom.js';
import { swatch } from './recordings.js';
import { Trace } from './trace.js';

const keys = [
  ['←', 'and'], ['→', 'move the caret, with'], ['Shift', 'they select, with'], ['Ctrl', 'they leap;'], ['+', 'and'], ['-', 'zoom,'],
    ['0', 'shows all;'], ['PageUp', 'and'], ['PageDown', 'scroll;'],
  ['Enter', 'labels the selection,'], ['1', 'to'], ['9', 'with that class;'], ['N', 'and'], ['P', 'go to the next and previous stretch,'],
    ['Delete', 'removes it;'],
  ['A', 'accepts all proposals;'], ['J', 'and'], ['K', 'go to the next and previous recording.'],
];

export function show(main, studio, name, leave) {
  const { recordings } = studio.state;
  if (recordings.length === 0) {
    main.append(h('p', {}, 'No recordings yet. ', h('a', { href: '#record' }, 'Record some'),
      ', or put files of recordings into the folder.'));
    return { update: () => studio.state.recordings.length > 0 && studio.go('label') };
  }
  const first = recordings.find(recording => recording.name === (name || studio.memory.labeled)) ?? recordings[0];
  studio.memory.labeled = first.name;
  const bench = new Bench(main, studio, first);
  leave(() => bench.trace.end());
  return { update: () => bench.update() };
}

class Bench {
  constructor(main, studio, recording) {
    Object.assign(this, { studio, recording, proposals: [], picked: null, selection: null });
    this.input = h('input', { list: 'label-classes', id: 'label-class', autocomplete: 'off', value: studio.memory.lastLabel ?? '',
      oninput: () => this.enable(), onkeydown: event => {
      if (event.key === 'Enter') this.label(this.input.value);
    } });
    this.classes = h('datalist', { id: 'label-classes' });
    this.mark = h('button', { type: 'button', class: 'main', id: 'mark', onclick: () => this.label(this.input.value) }, 'Label');
    this.trim = h('button', { type: 'button', onclick: () => this.act('/api/trim', { from: this.selection[0], to: this.selection[1] }) },
      'Trim to selection');
    this.split = h('button', { type: 'button', onclick: () => this.act('/api/split', { at: this.trace.caret }) }, 'Split at caret');
    this.accept = h('button', { type: 'button', onclick: () => this.acceptAll() }, 'Accept proposals');
    this.rename = h('input', { value: recording.title, autocomplete: 'off' });
    this.wearer = h('input', { value: recording.wearer, autocomplete: 'off' });
    this.note = h('input', { value: recording.note, autocomplete: 'off' });
    this.stretchList = h('ul', { class: 'list', 'aria-label': 'Labeled stretches' });
    this.others = h('ul', { class: 'list', 'aria-label': 'Recordings' });
    this.facts = h('p', { class: 'soft' });
    this.trace = new Trace(recording, {
      classes: () => studio.classes(),
      stretches: () => [...this.recording.labels, ...this.proposals],
      picked: () => this.picked,
      onSelect: selection => {
        this.selection = selection;
        this.enable();
      },
      onPick: stretch => this.pick(stretch),
      onKey: event => this.onKey(event),
    });
    main.append(h('div', { class: 'cols' },
      h('div', {},
        h('h2', {}, recording.title), this.facts, this.trace.element,
        h('div', { class: 'row' }, this.classes, field('Class of the selection', this.input), this.mark,
          h('button', { type: 'button', onclick: () => this.label(this.input.value, true) }, 'Label whole recording'),
          h('button', { type: 'button', id: 'propose', onclick: () => this.propose() }, 'Propose'), this.accept, this.trim, this.split),
        h('p', { class: 'keys', id: 'trace-keys' }, keys.map(([key, text]) => [h('kbd', {}, key), ` ${text} `]),
          'The wheel zooms, with Shift it scrolls; drag selects.')),
      h('div', {},
        h('section', { class: 'card' }, h('h2', {}, 'Stretches'), this.stretchList),
        h('section', { class: 'card' }, h('h2', {}, 'About it'),
          form('Name', this.rename, 'Rename', () => this.act('/api/rename', { to: this.rename.value })),
          form('Wearer', this.wearer, 'Keep', () => this.act('/api/note', { wearer: this.wearer.value, note: this.note.value })),
          form('Note', this.note, 'Keep', () => this.act('/api/note', { wearer: this.wearer.value, note: this.note.value }))),
        h('section', { class: 'card' }, h('h2', {}, 'Recordings'), this.others))));
    this.update();
    const at = studio.memory.showAt;
    if (at) {
      studio.memory.showAt = null;
      this.trace.ready.then(() => {
        this.trace.view(at.from - (at.to - at.from), at.to + (at.to - at.from));
        this.trace.select(at.from, at.to);
        this.trace.canvas.focus();
      });
    }
  }

  /** Follows what this or another window changed. */
  update() {
    const { studio } = this;
    const found = studio.state.recordings.find(recording => recording.name === this.recording.name);
    if (!found || found.rows !== this.recording.rows) {
      if (found) studio.go('label', found.name);
      else studio.go('recordings');
      return;
    }
    this.recording = found;
    this.trace.recording = found;
    if (this.picked && !this.picked.proposed) this.picked = found.labels
      .find(stretch => stretch.from === this.picked.from && stretch.to === this.picked.to) ?? null;
    this.facts.textContent = [duration(found.rows, found.rate), `${number(found.rows, 0)} samples`,
      found.rate > 0 ? `${number(found.rate, 1)} Hz` : 'no clock', found.channels.join(', '),
      found.label ? `recorded as "${found.label}"` : null, ...found.problems].filter(Boolean).join(' · ');
    this.classes.replaceChildren(...studio.classes().map(name => h('option', { value: name })));
    this.list();
    this.enable();
    this.trace.ask();
  }

  list() {
    const classes = this.studio.classes();
    const at = sample => this.recording.rate > 0 ? `${(sample / this.recording.rate).toFixed(2)} s` : sample;
    const all = [...this.recording.labels, ...this.proposals].sort((a, b) => a.from - b.from);
    this.stretchList.replaceChildren(...all.map(stretch => h('li', { 'aria-current': stretch === this.picked ? 'true' : null },
      h('button', { type: 'button', onclick: () => {
        this.pick(stretch);
        this.trace.select(stretch.from, stretch.to);
      } }, swatch(stretch.label, classes), `${stretch.label} ${at(stretch.from)} – ${at(stretch.to)}`),
      h('button', { type: 'button', class: 'small', 'aria-label': `Remove ${stretch.label} at ${at(stretch.from)}`,
        onclick: () => this.remove(stretch) }, '✕'))));
    if (all.length === 0) this.stretchList.replaceChildren(
      h('li', { class: 'soft' },
        this.recording.label ? `None: all of it counts as "${this.recording.label}".` : 'None yet.'));
    this.others.replaceChildren(...this.studio.state.recordings
      .map(other => h('li', { 'aria-current': other === this.recording ? 'true' : null },
      h('button', { type: 'button', onclick: () => this.studio.go('label', other.name) }, other.title),
        h('span', { class: 'soft' }, other.labels.length > 0 ? `${other.labels.length} ✓` : ''))));
  }

  enable() {
    this.mark.disabled = !this.selection && !this.picked;
    this.trim.disabled = !this.selection;
    this.accept.hidden = this.proposals.length === 0;
  }

  pick(stretch) {
    this.picked = stretch;
    if (stretch && !stretch.proposed) this.input.value = stretch.label;
    this.list();
    this.enable();
    this.trace.ask();
  }

  /** Labels the selection, the picked stretch anew, or all of the recording; what the selection covers goes. */
  async label(label, whole = false) {
    const text = label.trim();
    if (!text) {
      toast('Type the class first.', true);
      this.input.focus();
      return;
    }
    const target = whole ? [0, this.recording.rows] : this.selection ?? (this.picked ? [this.picked.from, this.picked.to] : null);
    if (!target) {
      toast('Select a stretch first: drag over the traces, or Shift and an arrow key.', true);
      return;
    }
    const [from, to] = target;
    const overlapped = this.recording.labels.filter(stretch => stretch.from < to && stretch.to > from);
    const rest = overlapped.flatMap(stretch => [
      ...(stretch.from < from ? [{ ...stretch, to: from }] : []),
      ...(stretch.to > to ? [{ ...stretch, from: to }] : []),
    ]);
    this.studio.memory.lastLabel = text;
    this.input.value = text;
    this.proposals = this.proposals.filter(stretch => stretch.to <= from || stretch.from >= to);
    await this.send(overlapped, [{ from, to, label: text }, ...rest]);
    this.trace.clear();
  }

  async remove(stretch) {
    if (stretch.proposed) {
      this.proposals = this.proposals.filter(other => other !== stretch);
      this.update();
    } else {
      await this.send([stretch], []);
    }
  }

  async send(remove, add) {
    await attempt(() => post('/api/labels', { name: this.recording.name, remove, add }));
    this.picked = null;
    await this.studio.refresh();
  }

  async propose() {
    await attempt(async () => {
      const { stretches } = await get('/api/proposals', { name: this.recording.name });
      const label = this.input.value.trim() || this.recording.label || 'movement';
      this.proposals = stretches.filter(stretch => !this.recording.labels.some(other => other.from < stretch.to && other.to > stretch.from))
        .map(stretch => ({ ...stretch, label, proposed: true }));
      toast(this.proposals.length === 0 ? 'Nothing stands out from the rest.'
        : `${this.proposals.length} proposed. Accept them, or pick one and label it.`);
      this.update();
    });
  }

  async acceptAll() {
    const add = this.proposals.map(({ from, to, label }) => ({ from, to, label: this.input.value.trim() || label }));
    this.proposals = [];
    if (add.length > 0) await this.send([], add);
  }

  async act(path, values) {
    await attempt(async () => {
      await post(path, { name: this.recording.name, ...values });
      if (path === '/api/rename') this.studio.memory.labeled = '';
      await this.studio.refresh();
    });
  }

  onKey(event) {
    const all = [...this.recording.labels, ...this.proposals].sort((a, b) => a.from - b.from);
    const others = this.studio.state.recordings;
    const place = others.findIndex(other => other.name === this.recording.name);
    if (event.key === 'Enter') {
      if (this.input.value.trim()) this.label(this.input.value);
      else this.input.focus();
    } else if (event.key >= '1' && event.key <= '9') {
      const name = this.studio.classes()[event.key - 1];
      if (name) this.label(name);
    } else if (event.key === 'n' || event.key === 'p') {
      const next = event.key === 'n' ? all.find(stretch => stretch.from > (this.picked?.from ?? this.trace.caret - 1))
        : all.findLast(stretch => stretch.from < (this.picked?.from ?? this.trace.caret));
      if (next) {
        this.pick(next);
        this.trace.select(next.from, next.to);
      }
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      if (this.picked) this.remove(this.picked);
    } else if (event.key === 'a') this.acceptAll();
    else if (event.key === 'j' || event.key === 'k') {
      const other = others[place + (event.key === 'j' ? 1 : -1)];
      if (other) this.studio.go('label', other.name);
    } else return false;
    return true;
  }
}

function form(text, input, button, work) {
  return h('form', { class: 'row', onsubmit: event => {
    event.preventDefault();
    work();
  } }, field(text, input), h('button', { type: 'submit', class: 'small' }, button));
}
