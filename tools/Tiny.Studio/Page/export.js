// Export: the model for the device.
import { attempt, get, post } from './api.js';
import { command, field, h, select } from './dom.js';
import { costs } from './train.js';

const formats = [
  ['csharp', 'C# source: predicts with nothing but mscorlib, the fastest way; does not learn'],
  ['bytes', 'The blob as C#: for programs that carry it along; learns and adapts'],
  ['sample', 'A sample project for the board, with the model in it'],
  ['deploy', 'What nanoff writes to a board: the blob, its file list and the item for the project file'],
  ['onnx', 'ONNX: for phones, services and browsers'],
];

export function show(main, studio, argument) {
  const models = studio.state.runs.filter(run => !run.stopped).map(run => run.name);
  if (models.length === 0) {
    main.append(h('p', {}, 'No model yet. ', h('a', { href: '#train' }, 'Train one'), ' first.'));
    return { update: () => studio.state.runs.some(run => !run.stopped) && studio.go('export') };
  }
  const memory = studio.memory.export ??= { board: studio.memory.train?.board ?? studio.state.boards[0] };
  const model = select(models, models.includes(argument) ? argument : models.at(-1), { id: 'export-model', onchange: weigh });
  const board = select(studio.state.boards, memory.board, { onchange: () => {
    memory.board = board.value;
    weigh();
  } });
  const format = select(formats, 'csharp', { id: 'export-format' });
  const cost = h('ul', { class: 'tiles' });
  const said = h('p', { class: 'soft', role: 'status' });
  const written = h('div', { 'aria-live': 'polite', id: 'written' });
  const blob = h('a', { download: '' }, 'Download the blob');
  main.append(
    h('form', { onsubmit: event => {
      event.preventDefault();
      write();
    } }, h('fieldset', {}, h('legend', {}, 'Model'), h('div', { class: 'row' }, field('Model', model), field('Board', board)), said, cost),
      h('fieldset', {}, h('legend', {}, 'What to write'),
        h('div', { class: 'row' }, field('Format', format), h('button', { type: 'submit', class: 'main', id: 'export' }, 'Export'), blob))),
    written);

  async function weigh() {
    blob.href = `/api/blob?${new URLSearchParams({ model: model.value })}`;
    said.textContent = 'Counting …';
    cost.replaceChildren();
    const info = await attempt(() => get('/api/info', { model: model.value, board: board.value }));
    said.textContent = info ? `On ${board.value}, by tiny info:` : '';
    if (info) cost.replaceChildren(...costs(info));
  }

  async function write() {
    const answer = await attempt(() => post('/api/export', { model: model.value, format: format.value, board: board.value }));
    if (!answer) return;
    written.replaceChildren(command(answer.command), h('p', {}, `Written in ${studio.state.folder}:`),
      h('ul', {}, answer.files.map(file => h('li', {}, h('code', {}, file)))),
      ...answer.notes.map(note => h('p', { class: 'notice' }, note)));
  }

  weigh();
  return { update: () => {} };
}
