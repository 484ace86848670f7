// Reads a blob as src/BLOB-FORMAT.md says and predicts from it, as Tiny.Core does; float32 is Math.fround.
// What a kind of layer does is in a file of its name, which adds itself to tiny.kinds under its code: outputs(node, shapes) says how many
// values it gives, and in node.given their shape where they have one, parse(node, reader) reads its weights, run(node, x) gives the values.
const tiny = (() => {
  const f = Math.fround, sample = 255;
  const exact = x => 1 / (1 + Math.exp(-x));
  const pieces = Array.from({ length: 256 }, (_, i) => {
    const left = (i - 128) / 12, right = (i - 127) / 12, middle = (left + right) / 2;
    const slope = (exact(right) - exact(left)) * 12;
    return { slope, intercept: exact(left) - slope * left + (exact(middle) - exact(left) - slope * (middle - left)) / 2 };
  });
  const sigmoid = x => {
    if (!(x < 10.666)) return 1;
    if (!(x > -10.666)) return 0;
    const piece = pieces[Math.trunc(x * 12 + 128)];
    return piece.intercept + x * piece.slope;
  };
  const softmax = z => {
    const most = Math.max(...z), e = z.map(x => (x - most) * 1.44269504 > -30 ? Math.exp(x - most) : 0);
    const sum = e.reduce((a, b) => a + b, 0);
    return e.map(x => x / sum);
  };
  const hold = (x, least, most) => x < least ? least : x > most ? most : x;

  function activate(z, code, parameter) {
    switch (code) {
      case 1: return z.map(sigmoid);
      case 2: return z.map(x => 2 * sigmoid(2 * x) - 1);
      case 3: return z.map(x => x < 0 ? 0 : x);
      case 4: return z.map(x => x < 0 ? parameter * x : x);
      case 5: return z.map(x => x < 0 ? parameter * (Math.exp(x) - 1) : x);
      case 6: return z.map(x => x * sigmoid(x));
      case 8: return z.filter((_, i) => i % 2 === 0).map((x, i) => Math.max(x, z[2 * i + 1]));
      default: return z;
    }
  }

  /** Bytes in order: float, floats, int, bytes, align. */
  function readerOf(bytes, at) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const reader = {
      at, view, bytes,
      float: () => { reader.at += 4; return view.getFloat32(reader.at - 4, true); },
      floats: n => Array.from({ length: n }, reader.float),
      int: () => { reader.at += 4; return view.getInt32(reader.at - 4, true); },
      ints: n => Array.from({ length: n }, reader.int),
      take: n => { reader.at += n; return bytes.subarray(reader.at - n, reader.at); },
      align: () => { reader.at = (reader.at + 3) & ~3; },
    };
    return reader;
  }

  function parse(bytes) {
    const reader = readerOf(bytes, 40), view = reader.view, sections = bytes[36], count = bytes[7];
    const shaped = (sections & 8) !== 0, height = shaped ? view.getUint16(40, true) : 1, width = shaped ? view.getUint16(42, true) : 1;
    const model = { task: bytes[5], inputs: view.getUint16(32, true), form: sections & 3, softmax: bytes[38] === 7, layers: [], names: [] };
    reader.take(shaped ? 4 : 0);
    const types = Array.from({ length: bytes[37] }, () => reader.take(3)[2] >> 4);
    for (let i = 0; i < count; i++) {
      const [kind, length, output, input] = reader.take(4);
      const attributes = reader.take(length);
      const view = new DataView(attributes.buffer, attributes.byteOffset, length);
      model.layers.push({ kind, input, output, type: types[output], attributes: view });
    }
    reader.align();
    const whole = { height, width, channels: model.inputs / (height * width) };
    const shapes = { [sample]: whole, [model.layers[0].input]: whole };
    for (const node of model.layers) {
      node.shape = shapes[node.input];
      node.inputs = node.shape.height * node.shape.width * node.shape.channels;
      node.outputs = tiny.kinds[node.kind].outputs(node, shapes);
      shapes[node.output] = node.given || { height: 1, width: 1, channels: node.outputs };
    }
    const last = model.layers[count - 1], names = !(sections & 4) ? 0 : model.task === 1 ? Math.max(2, last.outputs) : last.outputs;
    for (let i = 0; i < names; i++) model.names.push(new TextDecoder().decode(reader.take(reader.take(1)[0])));
    reader.align();
    reader.take(4 * bytes[39]);
    model.scaling = Array.from({ length: model.form === 1 ? 1 : model.inputs }, () => reader.floats(2));
    model.outputScaling = model.task === 0 ? Array.from({ length: last.outputs }, () => reader.floats(2)) : [];
    model.layers.forEach(node => tiny.kinds[node.kind].parse(node, reader));
    return model;
  }

  /** The outputs of every layer, the last in the user's units. */
  function run(model, inputs) {
    const x = inputs.map((value, i) => {
      const [a, b] = model.scaling[model.scaling.length === 1 ? 0 : i];
      return model.form === 0 ? hold(f(f(f(value) - a) * b), -1e12, 1e12) : Math.trunc(hold(f(f(f(value) * a) + b), -256, -1)) + 128;
    });
    const buffers = { [sample]: x, [model.layers[0].input]: x };
    const all = model.layers.map(node => buffers[node.output] = tiny.kinds[node.kind].run(node, buffers[node.input], buffers));
    const last = all[all.length - 1];
    all[all.length - 1] = model.softmax ? softmax(last)
      : last.map((y, i) => model.task === 0 ? y * model.outputScaling[i][1] + model.outputScaling[i][0] : y);
    return all;
  }

  /** One value for each name: probabilities, scores, or values. */
  function predict(model, inputs) {
    const outputs = run(model, inputs).pop();
    return model.task === 1 && outputs.length === 1 ? [1 - outputs[0], outputs[0]] : outputs;
  }

  /** A window over a node's shape: its ten bytes of attributes from a place on, and what it gives with so many channels. */
  function windowOf(node, at, channels) {
    const byte = i => node.attributes.getUint8(at + i), { height, width } = node.shape;
    const w = {
      height: byte(0), width: byte(1), down: byte(2), across: byte(3), above: byte(4), left: byte(5),
      dilationDown: byte(8), dilationAcross: byte(9),
    };
    node.window = w;
    node.given = {
      height: Math.floor((height + w.above + byte(6) - (w.height - 1) * w.dilationDown - 1) / w.down) + 1,
      width: Math.floor((width + w.left + byte(7) - (w.width - 1) * w.dilationAcross - 1) / w.across) + 1,
      channels,
    };
    return node.given.height * node.given.width * channels;
  }

  /** Calls visit(taps) for each place in order; taps are [number, where the place's first channel stands] within the edges. */
  function walk(node, visit) {
    const w = node.window, { height, width, channels } = node.shape, given = node.walked || node.given;
    for (let row = 0; row < given.height; row++) {
      for (let column = 0; column < given.width; column++) {
        const taps = [];
        for (let tap = 0; tap < w.height * w.width; tap++) {
          const y = row * w.down - w.above + Math.floor(tap / w.width) * w.dilationDown;
          const x = column * w.across - w.left + tap % w.width * w.dilationAcross;
          if (y >= 0 && y < height && x >= 0 && x < width) taps.push([tap, (y * width + x) * channels]);
        }
        visit(taps);
      }
    }
  }

  return { kinds: {}, activate, hold, parse, run, predict, windowOf, walk };
})();
