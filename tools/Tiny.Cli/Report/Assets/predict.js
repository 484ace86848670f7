// Reads a blob as src/BLOB-FORMAT.md says and predicts from it, as Tiny.Core does; float32 is Math.fround.
const tiny = (() => {
  const f = Math.fround;
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

  function activate(z, code, parameter) {
    switch (code) {
      case 1: return z.map(sigmoid);
      case 2: return z.map(x => 2 * sigmoid(2 * x) - 1);
      case 3: return z.map(x => x < 0 ? 0 : x);
      case 4: return z.map(x => x < 0 ? parameter * x : x);
      case 5: return z.map(x => x < 0 ? parameter * (Math.exp(x) - 1) : x);
      case 6: return z.map(x => x * sigmoid(x));
      case 7: {
        const most = Math.max(...z), e = z.map(x => (x - most) * 1.44269504 > -30 ? Math.exp(x - most) : 0);
        const sum = e.reduce((a, b) => a + b, 0);
        return e.map(x => x / sum);
      }
      case 8: return z.filter((_, i) => i % 2 === 0).map((x, i) => Math.max(x, z[2 * i + 1]));
      default: return z;
    }
  }

  function parse(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const align = n => (n + 3) & ~3;
    const model = { task: bytes[5], inputs: view.getUint16(32, true), form: bytes[38], layers: [], names: [] };
    const count = bytes[7], nameBytes = view.getUint16(34, true);
    for (let i = 0; i < count; i++) {
      const at = 40 + 4 * i, outputs = view.getUint16(at, true), activation = bytes[at + 2];
      model.layers.push({
        inputs: i === 0 ? model.inputs : model.layers[i - 1].outputs, outputs, rows: activation === 8 ? 2 * outputs : outputs,
        activation, int8: bytes[at + 3] === 1, parameter: 0,
      });
    }
    let at = 40 + 4 * count;
    const float = () => { at += 4; return view.getFloat32(at - 4, true); };
    const floats = n => Array.from({ length: n }, float);
    for (const layer of model.layers) if (layer.activation === 4 || layer.activation === 5) layer.parameter = float();
    for (let end = at + nameBytes, name = at; name < end; name += 1 + bytes[name]) model.names.push(new TextDecoder().decode(bytes.subarray(name + 1, name + 1 + bytes[name])));
    at += align(nameBytes) + 4 * bytes[39];
    model.scaling = Array.from({ length: model.form === 1 ? 1 : model.inputs }, () => floats(2));
    model.outputScaling = model.task === 0 ? Array.from({ length: model.layers[count - 1].outputs }, () => floats(2)) : [];
    model.layers.forEach((layer, index) => {
      if (!layer.int8) {
        layer.weights = Array.from({ length: layer.rows }, () => floats(1 + layer.inputs));
        return;
      }
      layer.last = index === count - 1 || !model.layers[index + 1].int8;
      layer.biases = Array.from({ length: layer.rows }, () => { at += 4; return view.getInt32(at - 4, true); });
      if (layer.last) {
        layer.scales = floats(layer.rows);
      } else if (layer.activation === 3) {
        layer.shift = bytes[at];
        at += 4;
      } else {
        layer.shifts = Array.from(bytes.subarray(at, at + layer.rows));
        at += align(layer.rows);
        [layer.sumStep, layer.digitStep] = floats(2);
      }
      layer.weights = Array.from({ length: layer.rows }, (_, row) => Array.from({ length: layer.inputs }, (_, i) => view.getInt8(at + row * layer.inputs + i)));
      at += align(layer.rows * layer.inputs);
    });
    return model;
  }

  const hold = (x, least, most) => x < least ? least : x > most ? most : x;
  const roundAway = x => x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5);

  function int8Layer(layer, x) {
    const sums = layer.weights.map((row, r) => row.reduce((sum, weight, i) => sum + weight * x[i], layer.biases[r]));
    if (layer.last) return activate(sums.map((sum, r) => f(sum * layer.scales[r])), layer.activation, layer.parameter);
    if (layer.activation === 3) return sums.map(sum => hold(sum >> layer.shift, 0, 127));
    return sums.map((sum, r) => {
      const step = hold(sum >> layer.shifts[r], -128, 127);
      return hold(roundAway(activate([f(step * layer.sumStep)], layer.activation, layer.parameter)[0] / layer.digitStep), -127, 127);
    });
  }

  /** The outputs of every layer, the last in the user's units. */
  function run(model, inputs) {
    let x = inputs.map((value, i) => {
      const [a, b] = model.scaling[model.scaling.length === 1 ? 0 : i];
      return model.form === 0 ? hold(f(f(f(value) - a) * b), -1e12, 1e12) : Math.trunc(hold(f(f(f(value) * a) + b), -256, -1)) + 128;
    });
    const all = model.layers.map(layer => x = layer.int8
      ? int8Layer(layer, x)
      : activate(layer.weights.map(row => row.reduce((sum, weight, i) => i === 0 ? weight : sum + weight * x[i - 1], 0)), layer.activation, layer.parameter));
    all[all.length - 1] = x.map((y, i) => model.task === 0 ? y * model.outputScaling[i][1] + model.outputScaling[i][0] : y);
    return all;
  }

  /** One value for each name: probabilities, scores, or values. */
  function predict(model, inputs) {
    const outputs = run(model, inputs).pop();
    return model.task === 1 && outputs.length === 1 ? [1 - outputs[0], outputs[0]] : outputs;
  }

  return { parse, run, predict };
})();
