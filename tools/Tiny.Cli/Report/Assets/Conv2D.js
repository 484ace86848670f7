// Float32 convolutions: for each filter a bias, then weights, taps row by row, the channels of a tap beside each other.
tiny.kinds[4] = {
  outputs: node => tiny.windowOf(node, 2, node.attributes.getUint16(0, true)),
  parse(node, reader) {
    node.activation = node.attributes.getUint8(12);
    node.parameter = node.attributes.byteLength > 13 ? node.attributes.getFloat32(13, true) : 0;
    const count = node.window.height * node.window.width * node.shape.channels;
    node.weights = Array.from({ length: node.given.channels }, () => reader.floats(1 + count));
  },
  run(node, x) {
    const z = [], channels = node.shape.channels;
    tiny.walk(node, taps => node.weights.forEach(row => {
      let sum = row[0];
      for (const [tap, at] of taps) for (let c = 0; c < channels; c++) sum += row[1 + tap * channels + c] * x[at + c];
      z.push(sum);
    }));
    return tiny.activate(z, node.activation, node.parameter);
  },
};
