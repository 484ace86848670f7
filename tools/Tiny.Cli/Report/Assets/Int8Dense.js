// Dense int8 layers, of levels and of digits: whole numbers, in this page less 128 and from -127 to 127.
tiny.kinds[2] = tiny.kinds[3] = {
  outputs: node => node.attributes.getUint16(0, true),
  parse(node, reader, isHead) {
    node.activation = node.attributes.getUint8(2);
    node.last = node.attributes.getUint8(3) === 1;
    node.parameter = node.attributes.byteLength > 5 ? node.attributes.getFloat32(5, true) : 0;
    const rows = node.activation === 8 ? 2 * node.outputs : node.outputs;
    node.biases = reader.ints(rows);
    if (node.last) {
      node.scales = reader.floats(rows);
    } else if (node.activation === 3) {
      node.shift = reader.take(4)[0];
    } else {
      node.shifts = Array.from(reader.take(rows));
      reader.align();
      [node.sumStep, node.digitStep] = reader.floats(2);
    }
    if (isHead) return; // a sparse layer has its weights otherwise
    node.weights = Array.from({ length: rows }, () => Array.from(reader.take(node.inputs), byte => byte > 127 ? byte - 256 : byte));
    reader.align();
  },
  run(node, x) {
    const sums = node.weights.map((row, r) => row.reduce((sum, weight, i) => sum + weight * x[i], node.biases[r]));
    if (node.last) return tiny.activate(sums.map((sum, r) => Math.fround(sum * node.scales[r])), node.activation, node.parameter);
    if (node.activation === 3) return sums.map(sum => tiny.hold(sum >> node.shift, 0, 127));
    const away = x => x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5);
    return sums.map((sum, r) => {
      const step = tiny.hold(sum >> node.shifts[r], -128, 127);
      const [value] = tiny.activate([Math.fround(step * node.sumStep)], node.activation, node.parameter);
      return tiny.hold(away(value / node.digitStep), -127, 127);
    });
  },
};
